import type { Estimate, ResponseSequence } from '../../shared/domain.ts';
import type { Structure } from '../dynamics/structure.ts';
import { clamp, logit, sigmoid } from '../numeric.ts';
import type { StudentModel, StudentState } from '../student-model/types.ts';
import { stepsOf } from './answered-steps.ts';

/**
 * What practice has been seen to bring in a course: by how much later answers were better than the student model had forecast before the practice, in logits per
 * log(1 + questions). A forecast made before knows nothing of the practice and leaves what students differ in out of it; what the practice itself told of the
 * student is no part of it either, since it is not looked at.
 */
export interface PracticeEffects {
  /** On the skill practised itself. */
  readonly skills: ReadonlyMap<string, Estimate>;
  /** Of a skill that nobody practised twice. */
  readonly course: Estimate;
  /** Share of it that is seen on every other skill. */
  readonly spill: Estimate;
}

/** Students, answers of each, and forecasts in all that are looked at. */
const STUDENTS = 200;
const STEPS = 60;
const FORECASTS = 3000;
/** In a course of more skills than this a forecast takes longer. */
const LARGE_COURSE = 60;
/** Answers after which a later one no longer counts as what came of the practice. */
const WINDOW = 16;
/** Little, until seen. The spread of skills around the course's own is held as if five skills had shown it. */
const PRIOR = { value: 0.05, standardError: 0.1 };
const SKILL_SPREAD = { value: 0.1, skills: 5 };
const PRIOR_SPILL = { value: 0.15, standardError: 0.25 };

/** Score and information of a slope, by student: students err together, so errors are theirs (Liang & Zeger 1986). */
class Slope {
  private readonly score = new Map<number, number>();
  private readonly information = new Map<number, number>();

  add(student: number, score: number, information: number): void {
    this.score.set(student, (this.score.get(student) ?? 0) + score);
    this.information.set(student, (this.information.get(student) ?? 0) + information);
  }

  /** The slope, and one over its variance; 0 where fewer than two students speak. */
  estimate(): { readonly value: number; readonly precision: number } {
    const count = this.score.size;
    let score = 0;
    let information = 0;
    for (const [student, each] of this.score) {
      score += each;
      information += this.information.get(student)!;
    }
    if (count < 2 || information <= 0) return { value: 0, precision: 0 };
    const value = score / information;
    let meat = 0;
    for (const [student, each] of this.score) meat += (each - value * this.information.get(student)!) ** 2;
    const variance = (meat * count) / (count - 1) / information ** 2;
    // A handful of students cannot be surer than independent answers would be.
    return { value, precision: 1 / Math.max(variance, 1 / information) };
  }
}

/** A later answer beside its forecast, with the practice between. */
interface Later {
  readonly student: number;
  readonly skill: number;
  readonly error: number;
  readonly information: number;
  /** Questions practised in between, by skill. */
  readonly practised: ReadonlyMap<number, number>;
}

export function learnEffects(structure: Structure, model: StudentModel, sequences: readonly ResponseSequence[]): PracticeEffects {
  const own = structure.skills.map(() => new Slope());
  const others: Later[] = [];
  for (const later of laterAnswers(structure, model, sequences)) {
    const questions = later.practised.get(later.skill);
    if (questions === undefined) others.push(later);
    else {
      const dose = Math.log1p(questions);
      own[later.skill]!.add(later.student, dose * later.error, dose * dose * later.information);
    }
  }
  const { course, skills } = pooled(own.map((slope) => slope.estimate()));
  const spill = new Slope();
  for (const { student, error, information, practised } of others) {
    let dose = 0;
    for (const [skill, questions] of practised) dose += skills[skill]!.value * Math.log1p(questions);
    spill.add(student, dose * error, dose * dose * information);
  }
  const seen = withPrior(spill.estimate(), PRIOR_SPILL);
  return {
    skills: new Map(structure.skills.map((id, skill) => [id, skills[skill]!])),
    course,
    spill: { ...seen, value: clamp(seen.value, 0, 1) },
  };
}

function* laterAnswers(structure: Structure, model: StudentModel, sequences: readonly ResponseSequence[]): Generator<Later> {
  const count = Math.min(STUDENTS, sequences.length);
  const chosen = Array.from({ length: count }, (_, index) => sequences[Math.floor((index * sequences.length) / count)]!);
  const total = chosen.reduce((sum, { responses }) => sum + Math.min(STEPS, responses.length), 0);
  const apart = Math.max(structure.skills.length > LARGE_COURSE ? 4 : 2, Math.ceil(total / FORECASTS));
  for (const [student, { responses }] of chosen.entries()) {
    const steps = stepsOf(responses, structure).slice(0, STEPS);
    for (let from = 0; from < steps.length - 1; from += apart) {
      const state = model.adapt(responses.slice(0, steps[from]!.at), { counted: responses });
      const practised = new Map<number, number>();
      for (let at = from; at < Math.min(steps.length, from + WINDOW); at++) {
        const { skill, correct } = steps[at]!;
        if (at > from) {
          const forecast = within(state.forecastSkill(structure.skills[skill]!).value);
          const information = forecast * (1 - forecast);
          yield { student, skill, error: correct - forecast, information, practised: new Map(practised) };
        }
        practised.set(skill, (practised.get(skill) ?? 0) + 1);
      }
    }
  }
}

/** Skills' slopes shrunk to the course's, and that to the prior (empirical Bayes; the spread by DerSimonian & Laird 1986). */
function pooled(seen: readonly { readonly value: number; readonly precision: number }[]): {
  readonly course: Estimate;
  readonly skills: readonly Estimate[];
} {
  const told = seen.filter(({ precision }) => precision > 0);
  const weight = told.reduce((sum, { precision }) => sum + precision, 0);
  const centre = weight > 0 ? told.reduce((sum, { value, precision }) => sum + value * precision, 0) / weight : 0;
  const squares = told.reduce((sum, { precision }) => sum + precision * precision, 0);
  const excess = told.reduce((sum, { value, precision }) => sum + precision * (value - centre) ** 2, 0) - (told.length - 1);
  const moment = told.length > 1 ? Math.max(0, excess / (weight - squares / weight)) : 0;
  const spread = (told.length * moment + SKILL_SPREAD.skills * SKILL_SPREAD.value ** 2) / (told.length + SKILL_SPREAD.skills);
  let precision = 0;
  let sum = 0;
  for (const each of told) {
    const share = 1 / (1 / each.precision + spread);
    precision += share;
    sum += share * each.value;
  }
  const course = withPrior({ value: precision > 0 ? sum / precision : 0, precision }, PRIOR);
  const around = { value: course.value, standardError: Math.sqrt(spread + course.standardError ** 2) };
  return { course: around, skills: seen.map((each) => withPrior(each, around)) };
}

function withPrior({ value, precision }: { readonly value: number; readonly precision: number }, prior: Estimate): Estimate {
  const held = 1 / prior.standardError ** 2;
  return { value: (precision * value + held * prior.value) / (precision + held), standardError: 1 / Math.sqrt(precision + held) };
}

const LEAST = 0.02;
const ofSkill = ({ skills, course }: PracticeEffects, skill: string): Estimate => skills.get(skill) ?? course;

/** Where a skill's forecast would stand after more questions on it. */
export function standingAfter(effects: PracticeEffects, skill: string, forecast: Estimate, questions: number): number {
  return sigmoid(logit(within(forecast.value)) + ofSkill(effects, skill).value * Math.log1p(questions));
}

/** What practice is expected to bring a student's targets: by what it has been seen to bring in the course. */
export class ExpectedEffect {
  private readonly effects: PracticeEffects;
  private readonly state: StudentState;
  private readonly targets: ReadonlySet<string>;
  /** Σ over the targets of dp/dlogit. */
  private slopes: number | undefined;

  constructor(effects: PracticeEffects, state: StudentState, targets: readonly string[]) {
    this.effects = effects;
    this.state = state;
    this.targets = new Set(targets);
  }

  /** Expected rise of the targets' mean forecast by questions on one skill, in percentage points; what it brings to the others is taken as small. */
  gain(skill: string, questions: number): Estimate {
    this.slopes ??= [...this.targets].reduce((sum, target) => sum + slopeAt(this.state.forecastSkill(target).value), 0);
    const { value, standardError } = ofSkill(this.effects, skill);
    const { value: share, standardError: shareError } = this.effects.spill;
    const dose = Math.log1p(questions);
    const forecast = this.state.forecastSkill(skill);
    const aimed = this.targets.has(skill);
    const slope = aimed ? slopeAt(forecast.value) : 0;
    const others = this.slopes - slope;
    const own = aimed ? standingAfter(this.effects, skill, forecast, questions) - within(forecast.value) : 0;
    const scale = 100 / Math.max(1, this.targets.size);
    return {
      value: scale * (own + others * share * dose * value),
      standardError: scale * dose * Math.hypot((slope + others * share) * standardError, others * value * shareError),
    };
  }
}

const within = (probability: number): number => clamp(probability, LEAST, 1 - LEAST);
const slopeAt = (probability: number): number => within(probability) * (1 - within(probability));
