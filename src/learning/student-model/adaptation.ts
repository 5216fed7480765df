import { noHistory, offsetOf, summariseHistory, writeFeatures } from './features.ts';
import type { HistorySummary, SupportAnswer, Target } from './features.ts';
import { adaptPhi, addPrompts, networkOutput, startOf, writeSkillFactors } from './forward.ts';
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
): Adapted {
  const size = shape.factors + 1;
  const base = new Float64Array(answers.length);
  const loading = new Float64Array(answers.length * size);
  const reader = new QuestionReader(parameters, shape);
  const before = noHistory(context.spread);
  answers.forEach((answer, row) => {
    base[row] =
      answer.knowledge.adjusted + strengthOn(history.standing, answer.skills) + reader.read(before, { ...answer, ahead: row });
    loading.set(reader.loading, row * size);
  });
  const covariates = covariatesOf(shape, history, context.profile);
  const rows = {
    base,
    loading,
    correct: Float64Array.from(answers, (answer) => answer.correct),
    weight: Float64Array.from(answers, (answer) => answer.weight),
    ...startOf(parameters, shape, covariates, history.variance),
  };
  if (shape.prompts > 0) addPrompts(parameters, shape, rows, covariates);
  return { history, phi: adaptPhi(parameters, shape, rows).phi };
}

/** The network's output for a question, and the question's loading ψ = [1, factors]; holds the scratch space of both. */
export class QuestionReader {
  /** ψ of the question read last, [D]. */
  readonly loading: Float64Array;
  private readonly inputs: Float64Array;
  private readonly skills: Float64Array;
  private readonly scratch: Float64Array;
  private readonly parameters: ModelParameters;
  private readonly shape: ModelShape;

  constructor(parameters: ModelParameters, shape: ModelShape) {
    this.parameters = parameters;
    this.shape = shape;
    this.loading = new Float64Array(shape.factors + 1);
    this.inputs = new Float64Array(shape.features + shape.embedding);
    this.skills = new Float64Array(skillWidth(shape));
    this.scratch = new Float64Array(2 * shape.hidden);
  }

  read(history: HistorySummary, target: Target): number {
    const { shape, skills } = this;
    writeFeatures(this.inputs, 0, history, target);
    writeSkillFactors(this.parameters, shape, target.skills, skills, 0);
    this.inputs.set(skills.subarray(shape.factors), shape.features);
    this.loading[0] = 1;
    this.loading.set(skills.subarray(0, shape.factors), 1);
    return networkOutput(this.parameters, shape, this.inputs, 0, this.scratch);
  }

  /** logit = closed form but for the ability + network + φ·ψ. */
  logit(adapted: Adapted, target: Target): number {
    let logit = offsetOf(adapted.history, target) + this.read(adapted.history, target);
    for (let entry = 0; entry < this.loading.length; entry++) logit += adapted.phi[entry]! * this.loading[entry]!;
    return logit;
  }
}
