import type { Database } from 'better-sqlite3';
import { markResponse, provisionalSkill } from '../../learning/marks.ts';
import type { ResponseEvent, Skill } from '../../shared/domain.ts';

/**
 * Marks as evidence, by student's row number, oldest first; of the given students or of all. What was excused or is missing says
 * nothing.
 */
export function markEvents(database: Database, students?: readonly number[]): Map<number, ResponseEvent[]> {
  const skills = new Map<number, string[]>();
  for (const [assignment, code] of database
    .prepare('SELECT g.assignment_id, k.code FROM assignment_skills g JOIN skills k ON k.id = g.skill_id')
    .raw()
    .iterate() as IterableIterator<[number, string]>) {
    const known = skills.get(assignment);
    if (known) known.push(code);
    else skills.set(assignment, [code]);
  }
  const few = students !== undefined && students.length <= 50;
  const rows = database
    .prepare(
      `SELECT m.student_id, a.id, a.code, a.title, m.points, a.possible, coalesce(m.marked_at, a.due_at) AS at FROM marks m
       JOIN assignments a ON a.id = m.assignment_id WHERE m.points IS NOT NULL
       ${few ? `AND m.student_id IN (${students.map(() => '?').join(',')})` : ''} ORDER BY m.student_id, at, a.id`,
    )
    .raw()
    .iterate(...(few ? students : [])) as IterableIterator<[number, number, string, string, number, number, number | null]>;
  const events = new Map<number, ResponseEvent[]>();
  for (const [student, id, assignment, title, points, possible, at] of rows) {
    const known = events.get(student) ?? [];
    if (known.length === 0) events.set(student, known);
    known.push(
      markResponse({ assignment, title, points, possible, skills: skills.get(id) ?? [], at: at ?? undefined }, known.length),
    );
  }
  return events;
}

/** Skills that assignments stand for while nobody has said which they ask, in the order of the assignments; known skills are left out. */
export function provisionalSkills(database: Database): Skill[] {
  const rows = database
    .prepare(
      `SELECT a.title FROM assignments a WHERE NOT EXISTS (SELECT 1 FROM assignment_skills g WHERE g.assignment_id = a.id)
       AND EXISTS (SELECT 1 FROM marks m WHERE m.assignment_id = a.id) AND a.title NOT IN (SELECT code FROM skills) ORDER BY a.due_at, a.id`,
    )
    .all() as { title: string }[];
  return [...new Set(rows.map((row) => provisionalSkill(row)))].map((title) => ({ id: title, name: title }));
}

/** A student's marks among their answers by time; what has no time comes first. */
export function withMarks(
  answers: readonly ResponseEvent[],
  marks: readonly ResponseEvent[] | undefined,
): readonly ResponseEvent[] {
  if (marks === undefined) return answers;
  const merged: ResponseEvent[] = [];
  let next = 0;
  for (const answer of answers) {
    for (; next < marks.length; next++) {
      const at = marks[next]!.timestamp;
      if (at !== undefined && (answer.timestamp === undefined || at > answer.timestamp)) break;
      merged.push({ ...marks[next]!, order: answer.order });
    }
    merged.push(answer);
  }
  const last = answers.at(-1)?.order;
  for (; next < marks.length; next++) merged.push(last === undefined ? marks[next]! : { ...marks[next]!, order: last });
  return merged;
}
