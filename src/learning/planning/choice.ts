import { insecure, isCertain, isInReach, isLearnable } from './conditions.ts';
import type { Candidate } from './conditions.ts';
import type { KnownSkills } from './due-reviews.ts';
import type { SkillGraph } from './skill-graph.ts';

/** The teacher's order, but for what rests on another of them. */
export const lowestFirst = (skills: readonly string[], graph: SkillGraph): readonly string[] =>
  inCourseOrder(
    skills.map((skill) => ({ skill })),
    graph,
  ).map(({ skill }) => skill);

/** What rests on another step, however far up, comes after it; otherwise the order of choice stays. */
export function inCourseOrder<Step extends { readonly skill: string }>(steps: readonly Step[], graph: SkillGraph): Step[] {
  const left = [...steps];
  const ordered: Step[] = [];
  while (left.length > 0) {
    const next = left.findIndex((step) => {
      const ancestors = graph.ancestorsOf(step.skill);
      return !left.some((other) => ancestors.has(other.skill));
    });
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

export interface Choice {
  /** As the choice is to see them. */
  readonly open: readonly Candidate[];
  readonly expected: ReadonlyMap<string, number>;
  readonly graph: SkillGraph;
  readonly courseOrder: ReadonlyMap<string, number>;
  readonly known: KnownSkills;
  /** Where it is known what practice brings: how near a skill is to being secure. Otherwise the expected gain decides. */
  readonly nearness?: ((candidate: Candidate) => number) | undefined;
  /** Prerequisites of a skill that the student's answers do not show to be secure. */
  unshown(skill: string): readonly string[];
}

/** Gains within this share of the best are level: then what lies lower in the course comes first. */
const LEVEL_SHARE = 0.75;

export function best({ open, expected, graph, courseOrder, known, nearness, unshown }: Choice): Candidate | undefined {
  const byGain = (accepted: readonly Candidate[]): Candidate | undefined => {
    const highest = Math.max(...accepted.map((candidate) => candidate.gain.value));
    const rank = (candidate: Candidate): number => graph.depthOf(candidate.skill) * 1e6 + courseOrder.get(candidate.skill)!;
    return accepted.filter((candidate) => candidate.gain.value >= highest * LEVEL_SHARE).sort((a, b) => rank(a) - rank(b))[0];
  };
  const byNearness = (accepted: readonly Candidate[]): Candidate | undefined => {
    const near = accepted.map((candidate) => ({ candidate, value: nearness!(candidate) }));
    return near.toSorted((a, b) => b.value - a.value)[0]?.candidate;
  };
  const choose = (accept: (candidate: Candidate) => boolean): Candidate | undefined =>
    (nearness ? byNearness : byGain)(open.filter(accept));
  const ready = ({ skill }: Candidate): boolean => insecure(skill, expected, graph).length === 0;
  const isOpen = (candidate: Candidate): boolean => isLearnable(candidate) && ready(candidate) && isInReach(candidate);
  return (
    (nearness && choose((candidate) => isOpen(candidate) && unshown(candidate.skill).length === 0)) ??
    choose(isOpen) ??
    // All that is left is hard: the lowest open rung still is where to begin.
    choose((candidate) => isLearnable(candidate) && ready(candidate)) ??
    // What has a date is reviewed by it.
    choose((candidate) => !isLearnable(candidate) && !isCertain(candidate) && !known.memories.has(candidate.skill))
  );
}
