import { MINUTES } from '../planning/step.ts';
import type { Strategy } from '../../shared/strategy.ts';
import type { Group } from './groups.ts';

/**
 * opening: the whole class, what the largest group rests on · example: solved together · faded: an example that they finish · practice: questions · find-out: questions
 * whose answers tell most · own: each their own path · closing: what was found out, and what comes next.
 */
export type ActivityKind =
  'opening' | 'example' | 'faded' | 'practice' | 'mixed-practice' | 'review' | 'find-out' | 'own' | 'closing';

export interface Activity {
  readonly kind: ActivityKind;
  /** Whole minutes from the lesson's beginning. */
  readonly from: number;
  readonly minutes: number;
  /** How many questions fit; 0 where it is not about questions. */
  readonly questions: number;
}

export interface LessonGroup {
  readonly group: Group;
  readonly activities: readonly Activity[];
  /** When the teacher sits with them; both 0 where the lesson is too short to reach everybody. */
  readonly teacher: { readonly from: number; readonly minutes: number };
}

export interface Lesson {
  readonly minutes: number;
  readonly opening: Activity;
  readonly groups: readonly LessonGroup[];
  readonly closing: Activity;
}

const EDGE_SHARE = 0.1;
const LONGEST_EDGE = 5;
const FIND_OUT_QUESTION = 1.5;
/** How much a group needs the teacher, beside the others. */
const NEED: Readonly<Record<Strategy, number>> = { 'worked-example': 4, faded: 3, practice: 2, 'mixed-practice': 1, review: 1 };
const FIND_OUT_NEED = 1;
const LEAST_VISIT = 2;

const needOf = ({ strategy }: Group): number => (strategy === null ? FIND_OUT_NEED : NEED[strategy]);

function work(group: Group, from: number, minutes: number): readonly Activity[] {
  const { strategy } = group;
  if (strategy === null)
    return [
      {
        kind: group.kind === 'own' ? 'own' : 'find-out',
        from,
        minutes,
        questions: group.kind === 'own' ? 0 : Math.floor(minutes / FIND_OUT_QUESTION),
      },
    ];
  const lead = Math.min(MINUTES[strategy].lead, Math.floor(minutes / 2));
  const rest = minutes - lead;
  const questions = Math.floor(rest / MINUTES[strategy].question);
  const kind = strategy === 'worked-example' || strategy === 'faded' ? 'practice' : strategy;
  return [
    ...(lead > 0
      ? [{ kind: strategy === 'worked-example' ? ('example' as const) : ('faded' as const), from, minutes: lead, questions: 0 }]
      : []),
    { kind, from: from + lead, minutes: rest, questions },
  ];
}

/**
 * What happens when in a lesson of so many minutes: opening and closing with everybody, between them each group at its step, and the teacher with one group after the
 * other, first and longest with those who need an example.
 * @param minutes whole, from 20 on
 */
export function planLesson(groups: readonly Group[], minutes: number): Lesson {
  const edge = Math.min(LONGEST_EDGE, Math.floor(minutes * EDGE_SHARE));
  const working = minutes - 2 * edge;
  const order = groups.map((_, index) => index).sort((a, b) => needOf(groups[b]!) - needOf(groups[a]!) || a - b);
  // Where there is not time enough to sit down with everybody, those who need it least are left to work alone.
  const visited = order.slice(0, Math.max(1, Math.floor(working / LEAST_VISIT)));
  const needed = visited.reduce((sum, index) => sum + needOf(groups[index]!), 0);
  const visits = new Map<number, LessonGroup['teacher']>();
  let passed = 0;
  let from = edge;
  for (const index of visited) {
    passed += needOf(groups[index]!);
    const until = edge + Math.round((working * passed) / needed);
    visits.set(index, { from, minutes: until - from });
    from = until;
  }
  return {
    minutes,
    opening: { kind: 'opening', from: 0, minutes: edge, questions: 0 },
    groups: groups.map((group, index) => ({
      group,
      activities: work(group, edge, working),
      teacher: visits.get(index) ?? { from: 0, minutes: 0 },
    })),
    closing: { kind: 'closing', from: minutes - edge, minutes: edge, questions: 0 },
  };
}
