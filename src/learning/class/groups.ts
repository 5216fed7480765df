import type { Estimate, PlanStep } from '../../shared/domain.ts';
import type { Strategy } from '../../shared/strategy.ts';
import type { KeptGroup } from '../../shared/groups.ts';
import { STRATEGIES } from '../../shared/strategy.ts';

/** A student as the grouping sees them. */
export interface GroupedStudent {
  readonly id: string;
  /** False: not enough evidence yet. */
  readonly enough: boolean;
  /** Steps of the path, the best first. */
  readonly steps: readonly Pick<PlanStep, 'skill' | 'strategy' | 'forecast' | 'expectedGain' | 'minutes'>[];
}

/**
 * find-out: too little is known, a few questions come first · step: they share a step of their paths · own: none of the shared steps is on their path, each goes on with
 * their own.
 */
export interface Group {
  /** The same for as long as a teacher keeps the group; of a proposal its place. */
  readonly id: string;
  /** By the teacher; empty where there is none. */
  readonly name: string;
  readonly kind: 'find-out' | 'step' | 'own';
  /** What a teacher's group is for, where its students' paths decide what that means now. */
  readonly madeFor?: Pick<KeptGroup, 'kind' | 'skill' | 'strategy'>;
  /** Of step only. */
  readonly skill: string | null;
  readonly strategy: Strategy | null;
  /** How the step is worked by whom, most help first; those who do not have it on their path are left out. */
  readonly ways: readonly { readonly strategy: Strategy; readonly students: readonly string[] }[];
  readonly students: readonly string[];
  /** Those whose path has moved on from what a teacher's group was made for. */
  readonly movedOn: readonly string[];
  /** For how many of them it is the first step of the path. */
  readonly first: number;
  /** Lowest and highest forecast on the skill; null where there is no shared skill. */
  readonly forecast: { readonly low: number; readonly high: number } | null;
  /** Mean expected gain, with the error of the mean. */
  readonly gain: Estimate | null;
  /** Which part of a larger group this is, and of how many. */
  readonly part: number;
  readonly parts: number;
}

export interface Grouping {
  readonly groups: readonly Group[];
  /** The size that groups were held to: the one asked for, or more where that would have made too many groups. */
  readonly size: number;
}

/** So many different things a teacher can prepare for one lesson. */
export const MOST_TASKS = 5;
/** So many groups a teacher can sit with in one lesson of 45 minutes, for more than three minutes each; those that share a task are prepared once. */
export const MOST_GROUPS = 10;
/** Steps of a path that a student may be grouped by, and what each is worth beside the first. */
const WORTH = [1, 0.6, 0.4] as const;
/** How many steps of a path count for groups. */
export const REACH = WORTH.length;
/** One more shared step is worth it where it brings at least so much, in first steps. */
const LEAST_WORTH = 1.2;

interface Placed {
  readonly student: GroupedStudent;
  readonly step: GroupedStudent['steps'][number];
  readonly place: number;
}

const worthOf = (student: GroupedStudent, skill: string): number => {
  const place = student.steps.findIndex((step) => step.skill === skill);
  return WORTH[place] ?? 0;
};

/** The step, of those chosen, that comes first on the student's path. */
function placed(student: GroupedStudent, chosen: readonly string[]): Placed | undefined {
  const place = student.steps.findIndex(({ skill }, index) => index < REACH && chosen.includes(skill));
  return place < 0 ? undefined : { student, step: student.steps[place]!, place };
}

/** Adds, one after the other, the step that helps most of those whom the steps so far help less: greedy choice for a sum of maxima (Nemhauser and others, 1978). */
function sharedSteps(students: readonly GroupedStudent[], most: number): string[] {
  const chosen: string[] = [];
  const best = new Map<string, number>();
  const candidates = [...new Set(students.flatMap(({ steps }) => steps.slice(0, REACH).map(({ skill }) => skill)))];
  while (chosen.length < most) {
    let found: { skill: string; brings: number } | undefined;
    for (const skill of candidates) {
      if (chosen.includes(skill)) continue;
      let brings = 0;
      for (const student of students) brings += Math.max(0, worthOf(student, skill) - (best.get(student.id) ?? 0));
      if (brings > (found?.brings ?? 0) + 1e-9) found = { skill, brings };
    }
    if (!found || (chosen.length > 0 && found.brings < LEAST_WORTH)) break;
    chosen.push(found.skill);
    for (const student of students) {
      const worth = worthOf(student, found.skill);
      if (worth > (best.get(student.id) ?? 0)) best.set(student.id, worth);
    }
  }
  return chosen;
}

/** Equal parts of those who share a step, who need the most help together: first by strategy, then by forecast. */
function split(members: readonly Placed[], parts: number): readonly (readonly Placed[])[] {
  const sorted = members.toSorted(
    (a, b) =>
      STRATEGIES.indexOf(a.step.strategy) - STRATEGIES.indexOf(b.step.strategy) ||
      a.step.forecast.value - b.step.forecast.value ||
      (a.student.id < b.student.id ? -1 : 1),
  );
  return Array.from({ length: parts }, (_, part) =>
    sorted.slice(Math.round((part * sorted.length) / parts), Math.round(((part + 1) * sorted.length) / parts)),
  );
}

/** What those who have a skill on their path do with it. @param otherwise how it is worked where nobody has it on the path */
export function stepGroup(skill: string, students: readonly GroupedStudent[], otherwise: Strategy | null = null): Group {
  const members = students.map((student) => placed(student, [skill])!);
  const forecasts = members.map(({ step }) => step.forecast.value);
  const gains = members.map(({ step }) => step.expectedGain);
  const strategies = STRATEGIES.map((strategy) => ({
    strategy,
    students: members.filter(({ step }) => step.strategy === strategy).map(({ student }) => student.id),
  }));
  return {
    ...without('step', students),
    skill,
    // What most of them should do; of equally many, the one with more help.
    strategy:
      members.length === 0
        ? (otherwise ?? 'practice')
        : strategies.toSorted((a, b) => b.students.length - a.students.length)[0]!.strategy,
    ways: strategies.filter((way) => way.students.length > 0),
    first: members.filter(({ place }) => place === 0).length,
    forecast: members.length === 0 ? null : { low: Math.min(...forecasts), high: Math.max(...forecasts) },
    gain:
      members.length === 0
        ? null
        : {
            value: gains.reduce((sum, { value }) => sum + value, 0) / gains.length,
            // Mostly the doubt about one practice effect, which they share: it does not shrink with their number.
            standardError: gains.reduce((sum, { standardError }) => sum + standardError, 0) / gains.length,
          },
  };
}

export const without = (kind: Group['kind'], students: readonly GroupedStudent[]): Group => ({
  id: '',
  name: '',
  kind,
  skill: null,
  strategy: null,
  ways: [],
  students: students.map(({ id }) => id),
  movedOn: [],
  first: 0,
  forecast: null,
  gain: null,
  part: 1,
  parts: 1,
});

/** The step that most of them share, if it is on the path of half of them. */
export function sharedStep(students: readonly GroupedStudent[]): string | undefined {
  const [skill] = sharedSteps(students, 1);
  const share = skill === undefined ? 0 : students.filter((student) => placed(student, [skill])).length;
  return share * 2 >= students.length ? skill : undefined;
}

/**
 * Groups for a lesson, at most ten that do at most five different things: those who share a step of their paths, largest first, none larger than `size` where ten groups can
 * hold them; then who is left, and those of whom too little is known, who work by themselves and are not split. Every student is in exactly one.
 */
export function proposeGroups(students: readonly GroupedStudent[], size: number): Grouping {
  const unknown = students.filter(({ enough }) => !enough);
  const known = students.filter(({ enough }) => enough);
  const others = unknown.length > 0 ? 1 : 0;
  const room = MOST_TASKS - others;
  let chosen = sharedSteps(known, room);
  // Nobody sits alone in a group where another shared step is on the path.
  for (;;) {
    const lone = chosen.findLast(
      (skill) => chosen.length > 1 && known.filter((student) => placed(student, chosen)?.step.skill === skill).length < 2,
    );
    if (lone === undefined) break;
    chosen = chosen.filter((skill) => skill !== lone);
  }
  for (;;) {
    const members = chosen.map((skill) =>
      known.flatMap((student) => placed(student, chosen) ?? []).filter(({ step }) => step.skill === skill),
    );
    const left = known.filter((student) => !placed(student, chosen));
    const free = room - (left.length > 0 ? 1 : 0);
    if (chosen.length > free && chosen.length > 1) {
      chosen = chosen.slice(0, -1);
      continue;
    }
    const places = MOST_GROUPS - others - (left.length > 0 ? 1 : 0);
    let held = Math.max(1, size);
    const partsAt = (most: number): number => members.reduce((sum, { length }) => sum + Math.ceil(length / most), 0);
    while (partsAt(held) > places) held += 1;
    const groups = members
      .map((own, index) => ({ skill: chosen[index]!, own }))
      .filter(({ own }) => own.length > 0)
      .toSorted((a, b) => b.own.length - a.own.length)
      .flatMap(({ skill, own }) => {
        const parts = Math.ceil(own.length / held);
        return split(own, parts).map((part, index) => ({
          ...stepGroup(
            skill,
            part.map(({ student }) => student),
          ),
          part: index + 1,
          parts,
        }));
      });
    return {
      size: held,
      groups: [
        ...groups,
        ...(left.length > 0 ? [without('own', left)] : []),
        ...(unknown.length > 0 ? [without('find-out', unknown)] : []),
      ].map((group, index) => ({ ...group, id: `p${index + 1}` })),
    };
  }
}
