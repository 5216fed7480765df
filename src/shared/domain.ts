/** The plain data that every layer speaks. Ids are the school's own strings; nothing here has behaviour. */
import type { DecisionKind, DecisionRecord } from './decisions.ts';
import type { Material } from './material.ts';
import type { Strategy, StrategyGround } from './strategy.ts';

/** A number together with how far it can be trusted: one standard error, in the unit of the value. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** One answer of one student to one question. */
export interface ResponseEvent {
  /** Position within the student's answers, counted from 0; equal orders keep the file's order. */
  readonly order: number;
  readonly question: string;
  /** The question's skills as one set, sorted; empty where nobody has said. */
  readonly skills: readonly string[];
  /** 0 (wrong) to 1 (right); values between are partial credit. */
  readonly correct: number;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp?: number | undefined;
  readonly responseTimeMs?: number | undefined;
  /** 1 for the first try. */
  readonly attempt?: number | undefined;
  /** How many hints were taken. */
  readonly hint?: number | undefined;
  /** How much evidence this carries; 1 for a question, a mark may count for less or more. */
  readonly weight?: number | undefined;
}

/** All answers of one student, ordered. */
export interface ResponseSequence {
  readonly student: string;
  readonly responses: readonly ResponseEvent[];
}

/**
 * The answers of many students as columns, each text once: no object for an answer. N answers, S students; answers of one student lie together,
 * in order.
 */
export interface ResponseColumns {
  readonly students: readonly string[];
  /** [S + 1]: answers of student s are start[s] … start[s + 1] − 1. */
  readonly start: Int32Array;
  /** [N], indexes into `questions`. */
  readonly question: Int32Array;
  readonly questions: readonly string[];
  /** [N], indexes into `skillSets`. */
  readonly skillSet: Int32Array;
  /** Each the ids of a question's skills; empty where nobody has said. */
  readonly skillSets: readonly (readonly string[])[];
  /** [N], in [0, 1]. */
  readonly correct: Float32Array;
  /** [N], how many answers each counts for; 1 where left out. */
  readonly weight?: Float32Array | undefined;
}

/** What answers to one question took, over everybody whose answers say so. Sums, so that one student's own can be taken off. */
export interface QuestionEffort {
  /** Answers of which hints or tries are known, and those with a hint or a second try. */
  readonly seen: number;
  readonly helped: number;
  /** Right answers with a time, the sum of its logarithms, and of their squares. */
  readonly timed: number;
  readonly logTime: number;
  readonly squares: number;
}

/** What a teacher puts in the place of a wrong key: right and wrong swapped, or right for everybody. */
export const ANSWER_KEYS = ['flipped', 'all-right'] as const;
export type AnswerKey = (typeof ANSWER_KEYS)[number];

/** A question that has not been answered yet. */
export interface QuestionReference {
  /** Absent when only the skill is known. */
  readonly question?: string | undefined;
  readonly skills: readonly string[];
}

export interface Skill {
  readonly id: string;
  readonly name: string;
  /** True where nobody has said which skill an assignment asks, and its title stands for one. */
  readonly provisional?: boolean;
}

/** `prerequisite` should be known before `skill` is learned. */
export interface Prerequisite {
  readonly skill: string;
  readonly prerequisite: string;
}

/** What is to be learned and in which order it builds up. */
export interface CourseMap {
  readonly skills: readonly Skill[];
  readonly prerequisites: readonly Prerequisite[];
}

export type ProfileValue = number | string;

/** What the roster says about a student beside answers; each group maps a field's name to its value. */
export interface StudentProfile {
  readonly background: Readonly<Record<string, ProfileValue>>;
  readonly preference: Readonly<Record<string, ProfileValue>>;
  readonly behaviour: Readonly<Record<string, ProfileValue>>;
}

/** Why a step was chosen, in the model's own terms; the words are made by whoever shows it. */
export interface StepReason {
  /**
   * close-gap: a prerequisite of later steps is weak · ready: prerequisites are secure and the forecast is in reach ·
   * find-out: too little evidence, answers here would tell most · keep: known, due for review · goal: asked for by the teacher ·
   * first-step: nothing is known yet, the course begins here · lead-over: something that it builds on is not secure (`unready`), but as
   * this course is learned practice on what is ready would not take hold now, and this leads on · carry-over: beside the goals, but practice on it was followed by better
   * answers on other skills · teacher: the teacher put it first; what it builds on
   * and is not secure is named (`unready`).
   */
  readonly kind: 'close-gap' | 'ready' | 'find-out' | 'keep' | 'goal' | 'first-step' | 'lead-over' | 'carry-over' | 'teacher';
  /** Decisions of the teacher that made the step what it is; left out where there are none. */
  readonly decided?: readonly DecisionKind[] | undefined;
  /** Answers of this student that carry the statement. */
  readonly answers: number;
  readonly right: number;
  /** How many of these are marks for whole assignments, and the sum of the shares that they got; none where left out. */
  readonly marks?: { readonly count: number; readonly right: number } | undefined;
  /** Prerequisites of the step's skill with their forecast now. */
  readonly prerequisites: readonly {
    readonly skill: string;
    readonly forecast: Estimate;
    /** What the teacher said of it, which counts instead. */
    readonly said?: 'known' | 'not-known' | undefined;
  }[];
  /** Target skills that build on this one. */
  readonly unlocks: readonly string[];
  /**
   * Prerequisites that the student's answers do not show to be secure although the step is taken: by the forecast of whoever leads, or since the last answer on them
   * was not right, or there is none; left out where there are none.
   */
  readonly unready?: readonly string[] | undefined;
  /** A known skill whose answers are dated: whole days since the last one, and the chance of recall now. */
  readonly recall?: { readonly days: number; readonly chance: number } | undefined;
}

/**
 * What a step's expected gain rests on: dynamics: how the course is learned, fitted to answers · seen: by how much students' later answers were better than forecast before
 * the practice · model: the practice effect of the model in use.
 */
export const GAIN_SOURCES = ['dynamics', 'seen', 'model'] as const;
export type GainSource = (typeof GAIN_SOURCES)[number];

export interface PlanStep {
  readonly skill: string;
  readonly strategy: Strategy;
  /** What decided on the strategy. */
  readonly ground?: StrategyGround | undefined;
  readonly reason: StepReason;
  readonly minutes: number;
  /** Mean P(next answer right) over the skill's questions, now. */
  readonly forecast: Estimate;
  /** P(that mean ≥ .8 | answers). */
  readonly mastery: Estimate;
  /** Expected rise of the mean forecast over the target skills, in percentage points. */
  readonly expectedGain: Estimate;
  /** Plans that were kept before this was said have none. */
  readonly gainFrom?: GainSource | undefined;
  /** The teacher's material for working it so, what is for just this way first; left out where there is none. */
  readonly material?: readonly Material[] | undefined;
}

export interface Plan {
  readonly student: string;
  /** Skills that the path aims at. */
  readonly targets: readonly string[];
  readonly steps: readonly PlanStep[];
  /** True where the student's own answers are too few to say much; the path then rests on the course and the prior. */
  readonly notEnoughEvidence: boolean;
  /** Number of answers the plan rests on, marks among them. */
  readonly answers: number;
  /** How many of these are marks; none where left out. */
  readonly marks?: number | undefined;
  /** What the expected gains were multiplied by, because of what came of earlier plans; left out where they are the model's own. */
  readonly gainFactor?: Estimate | undefined;
  /** What the teacher had decided when it was made, newest first; left out where that was nothing. */
  readonly decisions?: readonly DecisionRecord[] | undefined;
  /** Goals that the teacher's own decisions stand against; none where left out. */
  readonly conflicts?: readonly GoalConflict[] | undefined;
  /** The known skill that is due next and has no step yet. Left out where no dated answer speaks of one. */
  readonly nextReview?: NextReview | undefined;
  /** Known skills with answers none of which has a date, so that nobody can say when a review is due; none where left out. */
  readonly undated?: number | undefined;
  /** Where the teacher said how much time there is: the steps laid over the lessons. */
  readonly schedule?: Schedule | undefined;
}

/** When a known skill should be reviewed. */
export interface NextReview {
  readonly skill: string;
  /** Milliseconds since 1970, midnight UTC. */
  readonly due: number;
  /** Whole days since then, 0 on the day itself; left out before it. */
  readonly overdue?: number | undefined;
}

/** A goal that no step leads to, because the teacher left out the goal itself, or what it builds on and is not secure. */
export interface GoalConflict {
  readonly goal: string;
  /** What was left out: the goal, or skills that it builds on. */
  readonly leftOut: readonly string[];
}

/** How much time a plan may take. */
export interface TimeBudget {
  readonly minutesAWeek: number;
  /** When the goals are due, milliseconds since 1970. */
  readonly until: number;
  /** As many as lessons of about 45 minutes need where left out. */
  readonly lessonsAWeek?: number | undefined;
}

export interface ScheduledLesson {
  /** Counted from 1: the first seven days, the next seven, … and the lesson within them. */
  readonly week: number;
  readonly lesson: number;
  /** When its week begins, milliseconds since 1970. */
  readonly weekFrom: number;
  /** How long it is. */
  readonly minutes: number;
  /** Positions of steps in the plan, counted from 0, and how many minutes each gets here. */
  readonly parts: readonly { readonly step: number; readonly minutes: number }[];
}

export interface Schedule extends TimeBudget {
  readonly lessonsAWeek: number;
  /** Lessons with something in them, in order. */
  readonly lessons: readonly ScheduledLesson[];
  /** Minutes that there are, and those that the steps take. */
  readonly available: number;
  readonly planned: number;
  /** True where the time is used up; otherwise what is `left` waits for something else: what it builds on, or the next plan. */
  readonly full: boolean;
  /** Skills of the goals and of what they rest on that are still to be learned and have no step; first those that were chosen and found no room. */
  readonly left: readonly string[];
}

/**
 * Why a skill is not on the path, in the planner's own terms.
 * on-path: it is · not-goal: no goal rests on it · certain: the forecast leaves nothing to learn (`bar`) · mastered: kept by review, which waits until nothing is
 * left to learn (`bar`) · prerequisite: what it builds on is not secure, even after the steps (`prerequisites`, `bar`) · out-of-reach: the forecast is below
 * what practice can move (`bar`) · smaller-gain: each step that was chosen is expected to bring more (`least`) · beyond-steps: its turn comes
 * after them (`place`) · look-ahead: where the dynamics lead, other practice brings more over the coming answers · left-out: the teacher left it out ·
 * said-known: the teacher says that the student knows it.
 */
export const WHY_NOT_KINDS = [
  'on-path',
  'not-goal',
  'certain',
  'mastered',
  'prerequisite',
  'out-of-reach',
  'smaller-gain',
  'beyond-steps',
  'look-ahead',
  'left-out',
  'said-known',
] as const;
export type WhyNotKind = (typeof WHY_NOT_KINDS)[number];
