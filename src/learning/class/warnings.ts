import type { ResponseEvent } from '../../shared/domain.ts';
import { isMark } from '../marks.ts';
import type { StudentState } from '../student-model/types.ts';
import { discoveries, lowerTail } from './chance.ts';
import type { Outcome } from './chance.ts';

/**
 * falling: far fewer right lately than the student's own earlier answers let expect · below-forecast: the same of somebody with few earlier answers, held against
 * the class · stuck: far fewer right on one skill than the student's other answers let expect, and no rise with practice · quiet: no answers on
 * days on which the class worked · marks: more missing or late than is usual in the class.
 */
export const WARNING_KINDS = ['falling', 'below-forecast', 'stuck', 'quiet', 'marks'] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

/** Something that is not as it was to be expected, with what says so. */
export interface Warning {
  readonly kind: WarningKind;
  readonly student: string;
  /** Of stuck only. */
  readonly skill: string | null;
  /** What was counted: right answers, days with answers, marks that were missing or late. */
  readonly observed: number;
  /** Of how many. */
  readonly of: number;
  readonly expected: number;
  /** Number of answers, days or assignments that the expectation rests on. */
  readonly basis: number;
  /** Of marks: how many of the observed were late and not missing. */
  readonly late: number;
  /** How many of those counted were marks for whole assignments. */
  readonly marks: number;
  /** When the first of those counted was given, or the last answer of quiet; null where nobody knows. */
  readonly since: number | null;
  /** P(as far from what was expected, or farther, by chance alone). */
  readonly chance: number;
  /** How far the evidence reaches; once set aside, only what lies beyond it counts. */
  readonly reach: number;
  /** Where the expectation's own evidence ends. */
  readonly base: number;
}

/** What was set aside, and how far the evidence reached then. */
export interface SetAside {
  readonly student: string;
  readonly kind: WarningKind;
  readonly skill: string | null;
  readonly reach: number;
  readonly base: number;
}

export const sameWarning = (
  a: Pick<SetAside, 'student' | 'kind' | 'skill'>,
  b: Pick<SetAside, 'student' | 'kind' | 'skill'>,
): boolean => a.student === b.student && a.kind === b.kind && a.skill === b.skill;

/** A student as the tests see them. */
export interface WatchedStudent {
  readonly id: string;
  /** In order, marks among them. */
  readonly history: readonly ResponseEvent[];
  /** What all of them say. */
  readonly state: StudentState;
  /** Fitted to some of the answers only. */
  readonly adapt: (answers: readonly ResponseEvent[]) => StudentState;
}

/** Tests of one question that were looked at, and what could become a warning. */
export interface Tested {
  /** Tests of one family are judged together. */
  readonly family: 'recent' | 'skills' | 'attendance' | 'marks';
  readonly looked: number;
  readonly suspects: readonly Warning[];
}

/** In each family, no more than this share of what is called is expected to be chance; in a class where nothing happens, that is how often anything is called. */
export const FALSE_SHARE = 0.1;
/** Latest answers that are looked at: a sharp fall shows in few, a slow one in more. */
const WINDOWS = [10, 20] as const;
const SKILL_WINDOW = 10;
const LEAST_WINDOW = 6;
/** With so many before them, a student is held against themselves. */
const OWN_BASIS = 8;
/** After a note, so many new answers are looked at again. */
const NEW_WINDOW = 5;
/** A difference that matters in a lesson, in answers, however unlikely it is. */
const LEAST_GAP = 2;
/** On a skill: so many answers are practice. */
const PRACTISED = 8;
/** A forecast from here on is no reason to call somebody stuck. */
const NOT_STUCK = 0.6;
const RISE = 0.1;

/**
 * Forecasts of several answers hang together: their common error is the one that moves their sum. What remains of each forecast's error is taken as
 * its own; of two answers to one question, it is shared like the rest.
 */
function outcomeOf(state: StudentState, answers: readonly ResponseEvent[]): Outcome {
  const asked = answers.map(({ question, skills }) => ({ question, skills }));
  const joint = state.joint([], asked);
  const between = (a: number, b: number): number =>
    asked[a]!.question === asked[b]!.question ? joint.logitVariance[a]! : joint.between(a, b);
  const withAll = asked.map((_, index) => asked.reduce((sum, _other, other) => sum + between(index, other), 0));
  const spread = Math.sqrt(
    Math.max(
      1e-12,
      withAll.reduce((sum, each) => sum + each, 0),
    ),
  );
  return lowerTail(
    answers.map((answer, index) => {
      const { logit, logitStandardError } = state.forecastQuestion(asked[index]!);
      const common = Math.max(0, Math.min(logitStandardError, withAll[index]! / spread));
      return {
        logit,
        common,
        own: logitStandardError ** 2 - common ** 2,
        weight: answer.weight ?? 1,
        correct: answer.correct,
      };
    }),
  );
}

const counts = ({ weight = 1 }: ResponseEvent): boolean => weight > 0;

/** The latest answers, as they were to be expected from those before them. */
function testRecent(student: WatchedStudent, setAside: readonly SetAside[]): Tested {
  const answers = student.history.filter(counts);
  const noted = setAside.findLast(({ kind }) => kind === 'falling' || kind === 'below-forecast');
  const ownBasis = answers.length >= OWN_BASIS + LEAST_WINDOW ? OWN_BASIS : 0;
  const starts = new Set(WINDOWS.map((length) => Math.max(answers.length - length, ownBasis, noted?.reach ?? 0)));
  const long = [...starts].filter((from) => answers.length - from >= (noted ? NEW_WINDOW : LEAST_WINDOW));
  const suspects: Warning[] = [];
  for (const from of long) {
    const window = answers.slice(from);
    // What led to the note says nothing about what was expected before it.
    const base = noted ? Math.min(noted.base, from) : from;
    const { of, right, expected, chance } = outcomeOf(student.adapt(answers.slice(0, base)), window);
    if (expected - right < LEAST_GAP) continue;
    suspects.push({
      kind: base >= OWN_BASIS ? 'falling' : 'below-forecast',
      student: student.id,
      skill: null,
      observed: right,
      of,
      expected,
      basis: base,
      late: 0,
      marks: window.filter(isMark).length,
      since: window[0]!.timestamp ?? null,
      // Several windows are several chances to find something (Bonferroni).
      chance: Math.min(1, chance * long.length),
      reach: answers.length,
      base,
    });
  }
  suspects.sort((a, b) => a.chance - b.chance);
  return { family: 'recent', looked: long.length > 0 ? 1 : 0, suspects: suspects.slice(0, 1) };
}

const share = (answers: readonly ResponseEvent[]): number =>
  answers.reduce((sum, { correct }) => sum + correct, 0) / Math.max(1, answers.length);

/** Skills that were practised, as they were to be expected from all other answers. */
function testSkills(student: WatchedStudent, setAside: readonly SetAside[]): Tested {
  const bySkill = new Map<string, ResponseEvent[]>();
  const answers = student.history.filter((answer) => counts(answer) && !isMark(answer));
  for (const answer of answers)
    for (const skill of answer.skills) {
      const known = bySkill.get(skill);
      if (known) known.push(answer);
      else bySkill.set(skill, [answer]);
    }
  let looked = 0;
  const suspects: Warning[] = [];
  for (const [skill, practice] of bySkill) {
    if (practice.length < PRACTISED) continue;
    looked += 1;
    const noted = setAside.findLast((each) => each.kind === 'stuck' && each.skill === skill);
    const window = practice.slice(Math.max(practice.length - SKILL_WINDOW, noted?.reach ?? 0));
    if (window.length < (noted ? NEW_WINDOW : LEAST_WINDOW)) continue;
    const half = Math.floor(practice.length / 2);
    const rises = share(practice.slice(half)) > share(practice.slice(0, half)) + RISE;
    if (share(window) >= 0.5 || rises || student.state.forecastSkill(skill).value >= NOT_STUCK) continue;
    const others = student.history.filter(({ skills }) => !skills.includes(skill));
    const { of, right, expected, chance } = outcomeOf(student.adapt(others), window);
    if (expected - right < LEAST_GAP) continue;
    suspects.push({
      kind: 'stuck',
      student: student.id,
      skill,
      observed: right,
      of,
      expected,
      basis: others.length,
      late: 0,
      marks: 0,
      since: window[0]!.timestamp ?? null,
      chance,
      reach: practice.length,
      base: 0,
    });
  }
  return { family: 'skills', looked, suspects };
}

/** Everything that one student's answers say. @param setAside of this student */
export const testAnswers = (student: WatchedStudent, setAside: readonly SetAside[] = []): readonly Tested[] => [
  testRecent(student, setAside),
  testSkills(student, setAside),
];

/** The suspicions that many tests leave standing, the surest first. */
export function chooseWarnings(tested: readonly Tested[], falseShare = FALSE_SHARE): readonly Warning[] {
  return [...Map.groupBy(tested, ({ family }) => family).values()]
    .flatMap((family) =>
      discoveries(
        family.flatMap(({ suspects }) => suspects),
        family.reduce((sum, { looked }) => sum + looked, 0),
        falseShare,
      ),
    )
    .toSorted((a, b) => a.chance - b.chance);
}
