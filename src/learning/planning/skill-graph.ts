import type { CourseMap, Prerequisite } from '../../shared/domain.ts';
import { PathlightError } from '../../shared/errors.ts';

/** Skills and what they build on, both ways. */
export interface SkillGraph {
  prerequisitesOf(skill: string): readonly string[];
  /** Skills that name this one as prerequisite. */
  dependentsOf(skill: string): readonly string[];
  /** All that the skill rests on, however far down; without itself. */
  ancestorsOf(skill: string): ReadonlySet<string>;
  /** Length of the longest chain of prerequisites below the skill. */
  depthOf(skill: string): number;
}

/** @throws PathlightError `prerequisite-cycle`, naming the skills of one cycle in order */
export function createSkillGraph(courseMap: CourseMap): SkillGraph {
  const cycle = findCycle(courseMap.prerequisites);
  if (cycle)
    throw new PathlightError(
      'prerequisite-cycle',
      `These prerequisites go round in a circle: ${cycle.join(' → ')}. Take one of them out.`,
      { cycle: cycle.join(' → ') },
    );
  const below = new Map<string, string[]>();
  const above = new Map<string, string[]>();
  for (const { skill, prerequisite } of courseMap.prerequisites) {
    push(below, skill, prerequisite);
    push(above, prerequisite, skill);
  }
  const depths = new Map<string, number>();
  const depthOf = (skill: string): number => {
    const known = depths.get(skill);
    if (known !== undefined) return known;
    const depth = (below.get(skill) ?? []).reduce((deepest, each) => Math.max(deepest, depthOf(each) + 1), 0);
    depths.set(skill, depth);
    return depth;
  };
  return {
    prerequisitesOf: (skill) => below.get(skill) ?? [],
    dependentsOf: (skill) => above.get(skill) ?? [],
    ancestorsOf(skill) {
      const found = new Set<string>();
      const open = [...(below.get(skill) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (found.has(next)) continue;
        found.add(next);
        open.push(...(below.get(next) ?? []));
      }
      return found;
    },
    depthOf,
  };
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

/**
 * Sorts pairs into those that can stand together and those that would close a circle, in their order: a pair is refused only where the ones
 * before it (and those that stand already) lead back.
 * @returns refused pairs, each with its circle as skills in order, the first repeated at the end
 */
export function separateCircles<Pair extends Prerequisite>(
  pairs: readonly Pair[],
  standing: readonly Prerequisite[] = [],
): { readonly kept: Pair[]; readonly refused: { readonly pair: Pair; readonly circle: readonly string[] }[] } {
  const below = new Map<string, string[]>();
  for (const { skill, prerequisite } of standing) push(below, skill, prerequisite);
  const kept: Pair[] = [];
  const refused: { pair: Pair; circle: readonly string[] }[] = [];
  for (const pair of pairs) {
    const back = pathDown(below, pair.prerequisite, pair.skill);
    if (back) refused.push({ pair, circle: [pair.skill, ...back] });
    else {
      kept.push(pair);
      push(below, pair.skill, pair.prerequisite);
    }
  }
  return { kept, refused };
}

/** Skills from `from` to `to` along prerequisites, both included; undefined where there is no way. */
function pathDown(below: ReadonlyMap<string, readonly string[]>, from: string, to: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) {
      const path: string[] = [];
      for (let skill: string | undefined = to; skill !== undefined; skill = cameFrom.get(skill)) path.unshift(skill);
      return path;
    }
    for (const each of below.get(next) ?? [])
      if (!cameFrom.has(each)) {
        cameFrom.set(each, next);
        open.push(each);
      }
  }
  return undefined;
}

/** One cycle as its skills in order, the first repeated at the end; undefined where there is none. Iterative: real maps are deep. */
export function findCycle(prerequisites: readonly Prerequisite[]): readonly string[] | undefined {
  const below = new Map<string, string[]>();
  for (const { skill, prerequisite } of prerequisites) push(below, skill, prerequisite);
  const done = new Set<string>();
  for (const start of below.keys()) {
    if (done.has(start)) continue;
    const path: string[] = [];
    const onPath = new Set<string>();
    const stack: { skill: string; next: number }[] = [{ skill: start, next: 0 }];
    path.push(start);
    onPath.add(start);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const follow = (below.get(top.skill) ?? [])[top.next++];
      if (follow === undefined) {
        done.add(top.skill);
        onPath.delete(top.skill);
        path.pop();
        stack.pop();
      } else if (onPath.has(follow)) return [...path.slice(path.indexOf(follow)), follow];
      else if (!done.has(follow)) {
        stack.push({ skill: follow, next: 0 });
        path.push(follow);
        onPath.add(follow);
      }
    }
  }
  return undefined;
}
