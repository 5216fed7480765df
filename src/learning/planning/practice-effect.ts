import type { Estimate, ResponseEvent, ResponseSequence } from '../../shared/domain.ts';
import { fitBkt, knownAfter } from '../baselines/bkt.ts';
import type { BktParameters } from '../baselines/bkt.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import type { Structure } from '../dynamics/structure.ts';
import { clamp, logit, sigmoid } from '../numeric.ts';
import type { StudentState } from '../student-model/types.ts';
import { stepsOf } from './answered-steps.ts';
import { effectOfMore, learnCarryOver } from './carry-over.ts';
import type { CarryOver } from './carry-over.ts';

/** A skill as its course learns it (Bayesian knowledge tracing), with what is needed to place a student in it. */
export interface TracedSkill extends BktParameters {
  /** Standard error of `learn`. */
  readonly learnError: number;
  /** Share of the class's answers that were right. */
  readonly right: number;
}

/**
 * What practice has been seen to bring in a course: how many of those who did not have a skill have it after a question on it. The answers in between are part of
 * the reckoning, so that those who need many questions do not make practice look idle.
 */
export interface PracticeEffects {
  readonly skills: ReadonlyMap<string, TracedSkill>;
  /** Of a skill that nobody practised twice. */
  readonly course: TracedSkill;
  /** What practice has been seen to do to other skills; nothing where that forecasts no better. */
  readonly carryOver: CarryOver;
}

/** Students, and answers of each, that are looked at. */
const STUDENTS = 400;
const STEPS = 100;
/** Little is learned by a question until it is seen: where nobody came back to a skill, nothing is known of it. */
const PRIOR: BktParameters = { known: 0.4, learn: 0.02, guess: 0.25, slip: 0.1 };
const PRIOR_CHANCES = 10;
const PRIOR_ANSWERS = 2;

export function learnEffects(structure: Structure, sequences: readonly ResponseSequence[]): PracticeEffects {
  const bySkill = structure.skills.map(() => [] as number[][]);
  const students: (readonly PracticeStep[])[] = [];
  const count = Math.min(STUDENTS, sequences.length);
  for (let index = 0; index < count; index++) {
    const { responses } = sequences[Math.floor((index * sequences.length) / count)]!;
    const steps = stepsOf(responses, structure).slice(0, STEPS);
    students.push(steps);
    for (const [skill, answers] of answersBySkill(steps)) bySkill[skill]!.push(answers);
  }
  const all = bySkill.flat();
  const fitted = fitBkt(all, PRIOR);
  const course = traced(fitted, all, undefined);
  const skills = bySkill.map((own) => (own.length > 0 ? traced(fitBkt(own, fitted), own, course.right) : course));
  return {
    skills: new Map(structure.skills.map((id, skill) => [id, skills[skill]!])),
    course,
    carryOver: learnCarryOver(structure.skills, students),
  };
}

function traced(parameters: BktParameters, sequences: readonly (readonly number[])[], usual = 0.5): TracedSkill {
  const { known, learn } = parameters;
  let answers = PRIOR_ANSWERS;
  let right = PRIOR_ANSWERS * usual;
  let chances = PRIOR_CHANCES;
  for (const each of sequences) {
    answers += each.length;
    for (const correct of each) right += correct;
    chances += (each.length - 1) * (1 - known);
  }
  return { ...parameters, learnError: Math.sqrt((learn * (1 - learn)) / chances), right: right / answers };
}

function answersBySkill(steps: readonly PracticeStep[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { skill, correct } of steps) {
    const own = found.get(skill);
    if (own) own.push(correct);
    else found.set(skill, [correct]);
  }
  return found;
}

/** Skills by which it is told how far ahead of the class a student is: more tell hardly more. */
const LOOKED_AT = 60;
/** Questions without effect after which the learning of a skill is held half as likely: who has tried for long needs something else first (Beck & Gong 2013). */
const IDLE = 6;
/** Where next to nothing is to be gained anywhere, likely success decides. */
const SUCCESS = 0.03;
/** Standard errors from which on practice surely helps other skills: then it may be proposed for them alone. */
const SURE = 2;
const NO_EFFECT: Estimate = { value: 0, standardError: 0 };
const [LEAST, MOST] = [0.03, 0.97];
const within = (probability: number): number => clamp(probability, LEAST, MOST);

interface Standing {
  readonly skill: TracedSkill;
  readonly known: number;
  /** Share of the course's learning that is left after questions that brought nothing. */
  readonly hope: number;
}

/** Where one student stands, and what practice is expected to bring the targets: by what it has been seen to bring in the course. */
export class ExpectedEffect {
  private readonly effects: PracticeEffects;
  private readonly state: StudentState;
  private readonly targets: ReadonlySet<string>;
  private readonly answers = new Map<string, number[]>();
  private readonly standings = new Map<string, Standing>();
  /** How much more ready the student is than the class, in logits, by skill and in all. */
  private readonly ahead = new Map<string, number>();
  private readonly aheadInAll: number;

  constructor(effects: PracticeEffects, state: StudentState, targets: readonly string[], history: readonly ResponseEvent[] = []) {
    this.effects = effects;
    this.state = state;
    this.targets = new Set(targets);
    for (const { skills, correct, weight } of history) {
      const skill = skills.find((each) => effects.skills.has(each));
      if (skill === undefined || weight === 0) continue;
      const own = this.answers.get(skill);
      if (own) own.push(correct);
      else this.answers.set(skill, [correct]);
    }
    const ids = [...effects.skills.keys()];
    const apart = Math.max(1, Math.ceil(ids.length / LOOKED_AT));
    let sum = 0;
    for (let at = 0; at < ids.length; at += apart) {
      const id = ids[at]!;
      const ahead = logit(within(state.forecastSkill(id).value)) - logit(within(effects.skills.get(id)!.right));
      this.ahead.set(id, ahead);
      sum += ahead;
    }
    this.aheadInAll = sum;
  }

  /** P(known) of a skill, by the student's answers on it and by how the student does on the other skills. */
  known = (skill: string): number => this.standing(skill).known;

  /** P(right) on the next question, by the same. */
  right(id: string): number {
    const { skill, known } = this.standing(id);
    return known * (1 - skill.slip) + (1 - known) * skill.guess;
  }

  /** What a question on the skill is worth: what it is expected to bring the skill, as likely as it succeeds, and what carries over to the targets. Only an order. */
  worth = (id: string): number =>
    (this.rise(id, 1).value + SUCCESS) * this.state.forecastSkill(id).value + this.carried(id, 1).value;

  /** The same without what success alone is worth: where all is known, what is least so. */
  left = (id: string): number => this.rise(id, 1).value * this.state.forecastSkill(id).value + this.carried(id, 1).value;

  /** Whether practice on the skill has surely been seen to help others. */
  helps = (id: string): boolean => {
    const { value, standardError } = this.effects.carryOver.get(id) ?? NO_EFFECT;
    return value > SURE * standardError;
  };

  /** Expected rise of the targets' P(right) in all, but for the skill's own, by questions on the skill. */
  private carried(id: string, questions: number): Estimate {
    const { value, standardError } = this.effects.carryOver.get(id) ?? NO_EFFECT;
    const others = this.targets.size - (this.targets.has(id) ? 1 : 0);
    const size = others * effectOfMore(this.answers.get(id)?.length ?? 0, questions);
    return { value: size * value, standardError: size * standardError };
  }

  /** Expected rise of the targets' mean forecast by questions on one skill, in percentage points; of a skill that is no target, as if it were one more. */
  gain(id: string, questions: number): Estimate {
    const own = this.rise(id, questions);
    const others = this.carried(id, questions);
    const scale = 100 / Math.max(1, this.targets.size + (this.targets.has(id) ? 0 : 1));
    return {
      value: scale * (own.value + others.value),
      standardError: scale * Math.hypot(own.standardError, others.standardError),
    };
  }

  /** Expected rise of P(right) on the skill itself. */
  private rise(id: string, questions: number): Estimate {
    const { skill, known, hope } = this.standing(id);
    const learn = skill.learn * hope;
    const learned = 1 - (1 - learn) ** questions;
    const height = Math.max(0, 1 - skill.slip - skill.guess);
    const byLearn = questions * (1 - learn) ** (questions - 1) * (1 - known) * skill.learnError * hope;
    return {
      value: (1 - known) * learned * height,
      standardError: height * Math.hypot(byLearn, learned * Math.sqrt(known * (1 - known))),
    };
  }

  private standing(id: string): Standing {
    let found = this.standings.get(id);
    if (!found) {
      const skill = this.effects.skills.get(id) ?? this.effects.course;
      const own = this.ahead.get(id);
      const others = this.ahead.size - (own === undefined ? 0 : 1);
      const ahead = others > 0 ? (this.aheadInAll - (own ?? 0)) / others : 0;
      let known = sigmoid(logit(within(skill.known)) + ahead);
      let idle = 0;
      for (const correct of this.answers.get(id) ?? []) {
        const before = knownAfter({ ...skill, known, learn: 0 }, [correct]);
        idle += 1 - before;
        known = before + (1 - before) * skill.learn;
      }
      found = { skill, known, hope: IDLE / (IDLE + idle) };
      this.standings.set(id, found);
    }
    return found;
  }
}
