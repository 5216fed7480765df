import { testAttendance, testMarks } from '../../../learning/class/attendance.ts';
import type { Attendance } from '../../../learning/class/attendance.ts';
import { chooseWarnings, sameWarning, testAnswers } from '../../../learning/class/warnings.ts';
import type { Tested } from '../../../learning/class/warnings.ts';
import { isMark } from '../../../learning/marks.ts';
import type { ResponseEvent } from '../../../shared/domain.ts';
import { DAY_MS } from '../../../shared/time.ts';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import type { WatchStore } from '../../database/watch-store.ts';
import type { Member } from '../profiles.ts';

/** Days as this computer's clock counts them: a school's day ends at its own midnight. */
const dayOf = (time: number): number => Math.floor((time - new Date(time).getTimezoneOffset() * 60_000) / DAY_MS);

function daysOf(history: readonly ResponseEvent[]): number[] {
  const days = new Set<number>();
  for (const answer of history) if (answer.timestamp !== undefined && !isMark(answer)) days.add(dayOf(answer.timestamp));
  return [...days];
}

/** What one student's answers said beside these notes. */
export interface KnownTests {
  readonly noted: string;
  readonly tests: readonly Tested[];
}

/** Who of a class is not as was to be expected. Reads each student once, and lets other work in between. */
export async function watchClass(options: {
  /** What was found about students who have not changed since. */
  readonly known: WeakMap<Member['student'], KnownTests>;
  readonly classId: string | null;
  readonly members: AsyncIterable<Member>;
  readonly store: WatchStore;
  readonly skillName: (skill: string) => string;
}): Promise<RouteOutput<'classes.watch'>> {
  const { classId, store, skillName, known } = options;
  const records = store.setAside(classId);
  // The newest note about a thing is the one that holds.
  const standing = records.filter((each, index) => !records.slice(index + 1).some((later) => sameWarning(each, later)));
  const tested: Tested[] = [];
  const attendance: Attendance[] = [];
  const names = new Map<string, string>();
  for await (const { record, student, adapt } of options.members) {
    const { history, state } = student;
    names.set(record.id, record.name);
    const noted = standing.filter((each) => each.student === record.id);
    const key = JSON.stringify(noted);
    let own = known.get(student);
    if (own?.noted !== key) {
      own = { noted: key, tests: testAnswers({ id: record.id, history, state, adapt }, noted) };
      known.set(student, own);
    }
    tested.push(...own.tests);
    attendance.push({ id: record.id, days: daysOf(history), lastAnswerAt: record.lastAnswerAt });
  }
  tested.push(testAttendance(attendance, standing), testMarks(store.marks(classId), standing));
  const name = (student: string): string => names.get(student) ?? student;
  const skill = (id: string | null): string | null => (id === null ? null : skillName(id));
  const warnings = chooseWarnings(tested);
  return {
    classId,
    warnings: warnings.map((each) => ({ ...each, name: name(each.student), skillName: skill(each.skill) })),
    setAside: standing
      .filter((each) => !warnings.some((warning) => sameWarning(each, warning)))
      .toReversed()
      .map((each) => ({
        id: each.id,
        kind: each.kind,
        student: each.student,
        name: name(each.student),
        skillName: skill(each.skill),
        note: each.note,
        at: each.at,
      })),
  };
}
