import type { Feedback } from '../../../shared/contract/trust.ts';
import { compareForecasts } from './compare-forecasts.ts';
import type { JudgedAnswer } from './compare-forecasts.ts';

type Group = NonNullable<Feedback['forecasts']>['groups'][number];

const FEW = 5;
const SOME = 20;
const MOST_CLASSES = 40;

/** Students by class, by how much was known of them, and by their level as it was forecast: never by how the answers came out, which would sort by luck. */
export function groupsOf(answers: readonly JudgedAnswer[], classOf: ReadonlyMap<string, string>): Group[] {
  const groups: Group[] = [];
  const add = (kind: Group['kind'], name: string | null, own: readonly JudgedAnswer[]): void => {
    const comparison = compareForecasts(own);
    if (comparison) groups.push({ kind, name, ...comparison });
  };
  const classes = Map.groupBy(
    answers.filter(({ studentId }) => classOf.has(studentId)),
    ({ studentId }) => classOf.get(studentId)!,
  );
  for (const [name, own] of [...classes].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST_CLASSES)) add('class', name, own);
  const known = (low: number, high: number) => answers.filter((answer) => answer.known >= low && answer.known <= high);
  add('known-none', null, known(0, 0));
  add('known-few', null, known(1, FEW));
  add('known-some', null, known(FEW + 1, SOME));
  add('known-many', null, known(SOME + 1, Number.POSITIVE_INFINITY));
  const levels = levelsOf(answers);
  if (levels.size >= 3)
    (['level-low', 'level-middle', 'level-high'] as const).forEach((kind, third) =>
      add(
        kind,
        null,
        answers.filter(({ studentId }) => levels.get(studentId) === third),
      ),
    );
  return groups;
}

/** Third of each student by the mean of what was first forecast of them. */
function levelsOf(answers: readonly JudgedAnswer[]): ReadonlyMap<string, number> {
  const first = new Map<string, { importNumber: number; sum: number; count: number }>();
  for (const { studentId, importNumber, probability } of answers) {
    const known = first.get(studentId);
    if (!known) first.set(studentId, { importNumber, sum: probability, count: 1 });
    else if (known.importNumber === importNumber) {
      known.sum += probability;
      known.count += 1;
    }
  }
  const ranked = [...first].toSorted(([a, x], [b, y]) => x.sum / x.count - y.sum / y.count || (a < b ? -1 : 1));
  return new Map(ranked.map(([student], rank) => [student, Math.floor((3 * rank) / ranked.length)]));
}
