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
  /** Where it has been seen what practice brings, by that. Otherwise the expected gain decides. */
  readonly seen?: SeenEffect | undefined;
}

export interface SeenEffect {
  /** What a question on a skill is worth. */
  worth(skill: string): number;
  /** What a question is still expected to bring a skill, be it next to nothing. */
  left(skill: string): number;
  /** Whether practice on a skill has surely been seen to help others. */
  helps(skill: string): boolean;
  /** P(known) */
  known(skill: string): number;
  isAimed(skill: string): boolean;
  /** Whether a skill is no goal and lies below none: it comes for what it brings others, or not at all. */
  isBeside(skill: string): boolean;
  /** Whether the last answer was wrong. */
  isSlipped(skill: string): boolean;
  /** Whether the student's answers leave in doubt what the skill rests on. */
  isDoubtful(skill: string): boolean;
}

type Chooser = (accept: (candidate: Candidate) => boolean, worth?: (skill: string) => number) => Candidate | undefined;

/** A skill that is aimed at is practised until it is known like this; what it rests on, until it bears. */
const LEARNED = 0.95;
const BEARS = 0.8;

/** Gains within this share of the best are level: then what lies lower in the course comes first. */
const LEVEL_SHARE = 0.75;

export function best({ open, expected, graph, courseOrder, known, seen }: Choice): Candidate | undefined {
  const byGain = (accepted: readonly Candidate[]): Candidate | undefined => {
    const highest = Math.max(...accepted.map((candidate) => candidate.gain.value));
    const rank = (candidate: Candidate): number => graph.depthOf(candidate.skill) * 1e6 + courseOrder.get(candidate.skill)!;
    return accepted.filter((candidate) => candidate.gain.value >= highest * LEVEL_SHARE).sort((a, b) => rank(a) - rank(b))[0];
  };
  const choose: Chooser = (accept, worth = seen?.worth) => {
    const accepted = open.filter(accept);
    return worth ? accepted.toSorted((a, b) => worth(b.skill) - worth(a.skill))[0] : byGain(accepted);
  };
  const ready = ({ skill }: Candidate): boolean => insecure(skill, expected, graph).length === 0;
  // What lies beside the goals comes for what it surely brings them, or not at all.
  const own = (accept: (candidate: Candidate) => boolean): Candidate | undefined =>
    choose((candidate) => !seen?.isBeside(candidate.skill) && accept(candidate));
  return (
    (seen && byMastery(choose, ready, seen)) ??
    own((candidate) => isLearnable(candidate) && ready(candidate) && isInReach(candidate)) ??
    // All that is left is hard: the lowest open rung still is where to begin.
    own((candidate) => isLearnable(candidate) && ready(candidate)) ??
    // What has a date is reviewed by it.
    own((candidate) => !isLearnable(candidate) && !isCertain(candidate) && !known.memories.has(candidate.skill))
  );
}

/** What is aimed at until it is known, and what surely helps it, then what holds the rest of it up, then more of what is aimed at. */
function byMastery(
  choose: Chooser,
  ready: (candidate: Candidate) => boolean,
  { known, helps, isAimed, isSlipped, isDoubtful, left }: SeenEffect,
): Candidate | undefined {
  // Whoever has what a skill rests on can learn it, however few answers are right before.
  const firm = (candidate: Candidate): boolean =>
    isLearnable(candidate) && !isCertain(candidate) && ready(candidate) && !isDoubtful(candidate.skill);
  return (
    choose(
      (candidate) =>
        firm(candidate) && ((isAimed(candidate.skill) && known(candidate.skill) < LEARNED) || helps(candidate.skill)),
    ) ??
    choose(
      (candidate) =>
        firm(candidate) && !isAimed(candidate.skill) && (known(candidate.skill) < BEARS || isSlipped(candidate.skill)),
    ) ??
    choose((candidate) => firm(candidate) && isAimed(candidate.skill), left)
  );
}
