import { FeatureReader } from './feature-reader.ts';
import { FEATURE_COUNT, offsetOf, summariseHistory } from './features.ts';
import type { HistorySummary, SupportAnswer, Target } from './features.ts';
import { adaptPhi, addPrompts, startOf, writeSkillFactors } from './forward.ts';
import { NetworkPass } from './network-pass.ts';
import { skillWidth } from './parameters.ts';
import type { ModelParameters, ModelShape } from './parameters.ts';
import { strengthOn } from './standing.ts';
import type { Spread } from './standing.ts';

/** The parameters fitted to one student. */
export interface Adapted {
  readonly history: HistorySummary;
  /** [D] */
  readonly phi: Float64Array;
}

/** What is known of a student beside their answers. */
export interface StudentContext {
  /** How far the course's students differ. */
  readonly spread: Spread;
  /** Standardised profile, [C − 1]; missing entries count as 0, the average. */
  readonly profile?: ArrayLike<number> | undefined;
  /** What all members read of this student's questions, so that it is worked out once. */
  readonly features?: FeatureReader | undefined;
}

/** Covariates of a student: the company they answer in, then their profile; [C]. */
export function covariatesOf(shape: ModelShape, history: HistorySummary, profile: ArrayLike<number> | undefined): Float64Array {
  const covariates = new Float64Array(shape.covariates);
  covariates[0] = history.company;
  for (let entry = 1; entry < shape.covariates; entry++) covariates[entry] = profile?.[entry - 1] ?? 0;
  return covariates;
}

export function adaptAnswers(
  parameters: ModelParameters,
  shape: ModelShape,
  answers: readonly SupportAnswer[],
  context: StudentContext,
  history: HistorySummary = summariseHistory(answers, context.spread),
  reader: QuestionReader = new QuestionReader(parameters, shape),
): Adapted {
  const size = shape.factors + 1;
  const count = answers.length;
  const base = new Float64Array(count);
  const loading = new Float64Array(count * size);
  const correct = new Float64Array(count);
  const weight = new Float64Array(count);
  const features = context.features ?? new FeatureReader();
  const support = features.beforeFirst(answers, context.spread);
  for (let row = 0; row < count; row++) {
    const answer = answers[row]!;
    base[row] =
      answer.knowledge.adjusted +
      strengthOn(history.standing, answer.skills) +
      reader.read(support, row * FEATURE_COUNT, answer.skills);
    for (let entry = 0; entry < size; entry++) loading[row * size + entry] = reader.loading[entry]!;
    correct[row] = answer.correct;
    weight[row] = answer.weight;
  }
  const covariates = covariatesOf(shape, history, context.profile);
  const rows = { base, loading, correct, weight, ...startOf(parameters, shape, covariates, history.variance) };
  if (shape.prompts > 0) addPrompts(parameters, shape, rows, covariates);
  return { history, phi: adaptPhi(parameters, shape, rows).phi };
}

/** What a model reads of a set of skills. */
interface SkillReading {
  readonly skills: readonly number[];
  /** [D], ψ = [1, factors]. */
  readonly loading: Float64Array;
  /** [H], the embedding's part in the network's first layer. */
  readonly begun: Float64Array;
}

/** The network's output for a question, and the question's loading ψ; holds the scratch space, and what was worked out of sets of skills. */
export class QuestionReader {
  /** ψ of the question read last, [D]. */
  loading: Float64Array;
  private readonly network: NetworkPass;
  private readonly parameters: ModelParameters;
  private readonly shape: ModelShape;
  /** By the list itself: questions of one set share it. */
  private readonly bySkills = new WeakMap<readonly number[], SkillReading>();
  /** Most answers are on the skills of the one before. */
  private last: SkillReading | undefined;

  constructor(parameters: ModelParameters, shape: ModelShape) {
    this.parameters = parameters;
    this.shape = shape;
    this.network = new NetworkPass(parameters, shape);
    this.loading = new Float64Array(shape.factors + 1);
  }

  private readSkills(skills: readonly number[]): SkillReading {
    if (this.last?.skills === skills) return this.last;
    let reading = this.bySkills.get(skills);
    if (!reading) {
      const { shape } = this;
      const factors = new Float64Array(skillWidth(shape));
      writeSkillFactors(this.parameters.skillFactors, factors.length, skills, factors, 0);
      const loading = new Float64Array(shape.factors + 1);
      loading[0] = 1;
      loading.set(factors.subarray(0, shape.factors), 1);
      reading = { skills, loading, begun: this.network.begin(factors.subarray(shape.factors)) };
      this.bySkills.set(skills, reading);
    }
    this.last = reading;
    return reading;
  }

  /** @param features of the question, [F] from `at` on */
  read(features: Float64Array, at: number, skills: readonly number[]): number {
    const { loading, begun } = this.readSkills(skills);
    this.loading = loading;
    return this.network.output(features, at, this.shape.features, begun);
  }

  /** logit = closed form but for the ability + network + φ·ψ. */
  logit(adapted: Adapted, target: Target, features: FeatureReader = new FeatureReader()): number {
    const { history, phi } = adapted;
    let logit = offsetOf(history, target) + this.read(features.of(history, target), 0, target.skills);
    for (let entry = 0; entry < this.loading.length; entry++) logit += phi[entry]! * this.loading[entry]!;
    return logit;
  }
}
