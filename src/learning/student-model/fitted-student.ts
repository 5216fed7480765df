import type { Estimate, QuestionReference, StudentProfile } from '../../shared/domain.ts';
import { clamp, logit, sigmoid } from '../numeric.ts';
import type { Own } from './course.ts';
import { judgeEvidence, NO_ANSWERS, SKILL_RULE, STUDENT_RULE, withAnswer } from './evidence.ts';
import type { OwnAnswers } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { SupportAnswer, Target } from './features.ts';
import type { FittedCourse } from './fitted-course.ts';
import { JointPosterior } from './joint.ts';
import type { Part } from './joint.ts';
import { MASTERY_LEVEL, masteryEstimate } from './mastery.ts';
import { FittedEnsemble, profileMove } from './member.ts';
import { StudentPosterior } from './posterior.ts';
import { encodeProfile } from './profile.ts';
import type { Forecast, JointForecast, StudentState } from './types.ts';
import type { Unseen } from './unseen.ts';

/** Answers that the standard error of a mastery imagines to come. */
const ANSWERS_AHEAD = 5;
/**
 * Mean squared errors over those that the posterior expects, in simulated courses (scripts/study-coverage.ts): guesses and slips flatten true
 * logits, and where members part from the posterior they are often right to.
 */
const ERROR_SHARE = 0.9;
/** Questions that a skill is taken to have while nobody has answered one. */
const UNSEEN_QUESTIONS = 5;

/** A model fitted to one student: what the ensemble forecasts, and how sure the posterior is of it. */
export class FittedStudent implements StudentState {
  readonly answers: number;
  private readonly counted: OwnAnswers;
  readonly phi: Float64Array;
  private readonly model: FittedCourse;
  private readonly own: Own;
  private readonly unseen: Unseen;
  private readonly ensemble: FittedEnsemble;
  private readonly centre: number;
  private knownPosterior: StudentPosterior | undefined;
  private readonly skillEvidence = new Map<number, OwnAnswers>();
  private wholeLevel: Estimate | undefined;
  private readonly parts = new Map<string, Part[]>();
  private readonly forecasts = new Map<string, Estimate>();
  /** The targets that were asked for last: a plan asks for the same ones hundreds of times. */
  private targets: { readonly list: readonly string[]; readonly set: ReadonlySet<string> } | undefined;

  /** @param unseen numbers that the answers gave what the model does not know */
  constructor(
    model: FittedCourse,
    own: Own,
    answers: readonly SupportAnswer[],
    unseen: Unseen,
    profile: StudentProfile | undefined,
  ) {
    this.unseen = unseen;
    this.model = model;
    this.own = own;
    this.answers = answers.length;
    const encoded = encodeProfile(model.source.profile, profile);
    const context = { spread: model.source.course.calibration.variance, profile: encoded };
    this.ensemble = new FittedEnsemble(model.members, answers, context, model.source.recalibration);
    const met = this.ensemble.history;
    this.centre = met.company + profileMove(model.profileEffects, encoded);
    this.phi = joined(this.ensemble.members.map((member) => member.phi));
    let counted = NO_ANSWERS;
    for (const { weight, correct, skills, mark } of answers) {
      if (weight <= 0) continue;
      counted = withAnswer(counted, correct, mark === true);
      for (const skill of skills)
        this.skillEvidence.set(skill, withAnswer(this.skillEvidence.get(skill) ?? NO_ANSWERS, correct, mark === true));
    }
    this.counted = counted;
  }

  /** Worked out once somebody asks how sure a forecast is: it takes longer than fitting the members. */
  private get posterior(): StudentPosterior {
    return (this.knownPosterior ??= new StudentPosterior(this.model.prior, this.ensemble.history, this.centre));
  }

  private partOf(target: Target, standsFor = 1): Part {
    return { logit: this.ensemble.logit(target), posterior: this.posterior.of(target), standsFor };
  }

  /** Mean squared error of Σ weight·logit: the posterior's variance, and how far the members' forecast lies from the posterior's. */
  private variance(parts: readonly Part[], weights: readonly number[]): number {
    let apart = 0;
    for (let index = 0; index < parts.length; index++)
      apart += weights[index]! * (parts[index]!.posterior.logit - parts[index]!.logit);
    return ERROR_SHARE * (this.posterior.variance(parts, weights) + apart * apart);
  }

  forecastQuestion(question: QuestionReference): Forecast {
    const part = this.partOf(this.model.target(question.question, question.skills, this.own, this.unseen));
    const probability = sigmoid(part.logit);
    const logitStandardError = Math.sqrt(this.variance([part], [1]));
    return {
      value: probability,
      standardError: logitStandardError * probability * (1 - probability),
      logit: part.logit,
      logitStandardError,
    };
  }

  private skillParts(skill: string): Part[] {
    let parts = this.parts.get(skill);
    if (!parts) {
      const number = this.model.skillNumber.get(skill) ?? -1;
      const questions = number >= 0 ? this.model.representatives[number]! : [];
      parts =
        questions.length > 0
          ? questions.map((question) =>
              this.partOf(this.model.questionTarget(question, this.own), this.model.questionCounts[number]! / questions.length),
            )
          : [this.partOf(this.model.target(undefined, [skill], this.own, this.unseen), UNSEEN_QUESTIONS)];
      this.parts.set(skill, parts);
    }
    return parts;
  }

  /** Mean of σ(logit + shift) with its delta-method error. */
  private mean(parts: readonly Part[], shift = 0, shiftVariance = 0): Estimate {
    let value = 0;
    const weights: number[] = [];
    for (const part of parts) {
      const p = sigmoid(part.logit + shift);
      value += p / parts.length;
      weights.push((p * (1 - p)) / parts.length);
    }
    const slope = weights.reduce((sum, weight) => sum + weight, 0);
    return { value, standardError: Math.sqrt(this.variance(parts, weights) + slope * slope * shiftVariance) };
  }

  forecastSkill(skill: string): Estimate {
    let forecast = this.forecasts.get(skill);
    if (!forecast) this.forecasts.set(skill, (forecast = this.mean(this.skillParts(skill))));
    return forecast;
  }

  joint(targets: readonly string[], questions: readonly QuestionReference[]): JointForecast {
    return new JointPosterior({
      posterior: this.posterior,
      errorShare: ERROR_SHARE,
      targets: targets.map((skill) => this.skillParts(skill)),
      questions: questions.map(({ question, skills }) => this.partOf(this.model.target(question, skills, this.own, this.unseen))),
    });
  }

  mastery(skill: string): Estimate {
    const { value, standardError } = this.forecastSkill(skill);
    const slope = Math.max(1e-6, value * (1 - value));
    const centre = logit(clamp(value, 1e-6, 1 - 1e-6)) - logit(MASTERY_LEVEL);
    const variance = (standardError / slope) ** 2;
    return masteryEstimate(centre, variance, ANSWERS_AHEAD * slope);
  }

  level(): Estimate {
    return (this.wholeLevel ??= this.meanOverSkills());
  }

  private meanOverSkills(): Estimate {
    const parts: Part[] = [];
    const shares: number[] = [];
    const skills = this.model.skills.length > 0 ? this.model.skills : [''];
    let value = 0;
    for (const skill of skills) {
      const own = this.skillParts(skill);
      for (const part of own) {
        const p = sigmoid(part.logit);
        const share = 1 / (own.length * skills.length);
        value += p * share;
        parts.push(part);
        shares.push(p * (1 - p) * share);
      }
    }
    return { value, standardError: Math.sqrt(this.variance(parts, shares)) };
  }

  /** Shift of the target's logits by practice on the skill, and the shift's standard error. */
  private practiceShift(skill: string, questions: number, target: string): { shift: number; error: number } {
    const { practice } = this.model.source;
    const practised = this.model.skillNumber.get(skill) ?? this.unseen.skill(skill);
    const number = this.model.skillNumber.get(target) ?? -1;
    const direct = target === skill;
    if (!direct && !(this.model.prerequisites.get(number) ?? []).includes(practised)) return { shift: 0, error: 0 };
    const done = this.skillEvidence.get(practised)?.answers ?? 0;
    const dose = Math.log1p(done + questions) - Math.log1p(done);
    const gain = Math.max(0, practice.skillGain[practised] ?? practice.gain.value);
    const gainError = practice.skillGainError[practised] ?? practice.gain.standardError;
    const share = direct ? 1 : practice.transfer.value;
    const shareError = direct ? 0 : practice.transfer.standardError;
    return { shift: dose * gain * share, error: dose * Math.hypot(gainError * share, gain * shareError) };
  }

  forecastAfterPractice(skill: string, questions: number, targets: readonly string[]): readonly Estimate[] {
    return targets.map((target) => {
      const { shift, error } = this.practiceShift(skill, questions, target);
      return this.mean(this.skillParts(target), shift, error * error);
    });
  }

  /** Those targets that practice on the skill moves: itself and what builds on it. */
  private touchedBy(skill: string, targets: readonly string[]): readonly string[] {
    if (this.targets?.list !== targets) this.targets = { list: targets, set: new Set(targets) };
    const { set } = this.targets;
    const dependents = this.model.dependents.get(this.model.skillNumber.get(skill) ?? -1) ?? [];
    return [skill, ...dependents.map((number) => this.model.skills[number]!)].filter((each) => set.has(each));
  }

  expectedGain(skill: string, questions: number, targets: readonly string[]): Estimate {
    let gain = 0;
    let practiceError = 0;
    let stateError = 0;
    for (const target of this.touchedBy(skill, targets)) {
      const { shift, error } = this.practiceShift(skill, questions, target);
      const before = this.forecastSkill(target);
      let after = 0;
      const parts = this.skillParts(target);
      for (const part of parts) after += sigmoid(part.logit + shift) / parts.length;
      const slope = (value: number): number => value * (1 - value);
      gain += after - before.value;
      practiceError += slope(after) * error;
      stateError += Math.abs(slope(after) / Math.max(1e-6, slope(before.value)) - 1) * before.standardError;
    }
    const scale = 100 / Math.max(1, targets.length);
    return { value: gain * scale, standardError: Math.hypot(practiceError, stateError) * scale };
  }

  evidence(skill?: string): Evidence {
    if (skill === undefined) {
      const { answers, right, marks } = this.counted;
      return judgeEvidence(STUDENT_RULE, answers, right, this.level(), marks);
    }
    const number = this.model.skillNumber.get(skill) ?? this.unseen.skill(skill);
    const { answers, right, marks } = this.skillEvidence.get(number) ?? NO_ANSWERS;
    return judgeEvidence(SKILL_RULE, answers, right, this.forecastSkill(skill), marks);
  }
}

function joined(vectors: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(vectors.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of vectors) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}
