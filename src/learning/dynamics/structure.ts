import type { CourseMap } from '../../shared/domain.ts';

/** How a skill is related to the one practised before it: what comes first in this list holds. */
export const KINSHIPS = ['first', 'same', 'successor', 'prerequisite', 'sibling', 'grandparent', 'aunt', 'other'] as const;
export type Kinship = (typeof KINSHIPS)[number];

/** The skill graph as numbers, as the learning dynamics walk it. */
export interface Structure {
  readonly skills: readonly string[];
  readonly number: ReadonlyMap<string, number>;
  readonly prerequisites: readonly Int32Array[];
  readonly successors: readonly Int32Array[];
  /** All that a skill rests on, nearest first; without itself. */
  readonly ancestors: readonly Int32Array[];
  /** Skills in an order in which each comes after what it rests on. */
  readonly order: Int32Array;
  /** Index into KINSHIPS of `next` right after `previous`; −1 for none before. */
  kinship(previous: number, next: number): number;
}

/** @param courseMap without circles */
export function createStructure(courseMap: CourseMap): Structure {
  const skills = courseMap.skills.map(({ id }) => id);
  const number = new Map(skills.map((id, index) => [id, index]));
  const below: Set<number>[] = skills.map(() => new Set());
  const above: Set<number>[] = skills.map(() => new Set());
  for (const { skill, prerequisite } of courseMap.prerequisites) {
    const [to, from] = [number.get(skill), number.get(prerequisite)];
    if (to === undefined || from === undefined || to === from) continue;
    below[to]!.add(from);
    above[from]!.add(to);
  }
  const order = orderOf(below, above);
  const ancestors = below.map((own) => {
    const found = new Set(own);
    for (const each of found) for (const further of below[each]!) found.add(further);
    return Int32Array.from(found);
  });
  // Rows are filled when they are asked for: a course of 500 skills needs few of them.
  const known: (Int8Array | undefined)[] = [];
  return {
    skills,
    number,
    prerequisites: below.map((each) => Int32Array.from(each)),
    successors: above.map((each) => Int32Array.from(each)),
    ancestors,
    order,
    kinship(previous, next) {
      if (previous < 0) return 0;
      const row = (known[previous] ??= new Int8Array(skills.length).fill(-1));
      const found = row[next]!;
      return found >= 0 ? found : (row[next] = kinshipOf(below, above, previous, next));
    },
  };
}

function orderOf(below: readonly ReadonlySet<number>[], above: readonly ReadonlySet<number>[]): Int32Array {
  const open = below.map((each) => each.size);
  const order: number[] = [];
  const ready = open.flatMap((count, skill) => (count === 0 ? [skill] : []));
  for (const skill of ready) {
    order.push(skill);
    for (const next of above[skill]!) if (--open[next]! === 0) ready.push(next);
  }
  return Int32Array.from(order);
}

function kinshipOf(
  below: readonly ReadonlySet<number>[],
  above: readonly ReadonlySet<number>[],
  previous: number,
  next: number,
): number {
  const is = (kinship: Kinship): number => KINSHIPS.indexOf(kinship);
  if (previous === next) return is('same');
  if (above[previous]!.has(next)) return is('successor');
  const parents = below[previous]!;
  if (parents.has(next)) return is('prerequisite');
  for (const parent of parents) if (above[parent]!.has(next)) return is('sibling');
  let aunt = false;
  for (const parent of parents)
    for (const grandparent of below[parent]!) {
      if (grandparent === next) return is('grandparent');
      if (above[grandparent]!.has(next)) aunt = true;
    }
  return is(aunt ? 'aunt' : 'other');
}
