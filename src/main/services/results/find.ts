import type { HandedOut } from '../../../shared/contract/results.ts';
import type { GradebookReader } from '../ports.ts';

/** Each student's newest plan, those handed out last first: by its number, or by the student's name or id. A number finds an older plan too. */
export function findHandedOut(read: GradebookReader, text: string, limit: number): HandedOut[] {
  const wanted = text.trim();
  const numbered = /^\d{1,9}$/.test(wanted) ? read.handedOutList(Number(wanted)) : [];
  const students = new Map(
    read.findStudents(numbered.length > 0 ? '' : wanted, Number.MAX_SAFE_INTEGER).map((each) => [each.id, each.name]),
  );
  return (numbered.length > 0 ? numbered : read.handedOutList())
    .flatMap((plan) => {
      const name = students.get(plan.studentId);
      return name === undefined ? [] : { ...plan, name };
    })
    .slice(0, limit);
}
