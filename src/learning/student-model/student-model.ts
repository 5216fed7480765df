import type {
  CourseMap,
  Estimate,
  QuestionReference,
  ResponseEvent,
  ResponseSequence,
  StudentProfile,
} from '../../shared/domain.ts';
import { clamp, logit, normalCdf, sigmoid } from '../numeric.ts';
import { skillSetKey, toResponseTable, Vocabulary } from '../responses.ts';
import { prerequisiteIndex, questionSets } from '../trained-model.ts';
import type { TrainedModel } from '../trained-model.ts';
import { createMember } from '../members.ts';
import { fitCalibration } from './calibration.ts';
import { knowledgeOf, NOBODY, ownPart } from './course.ts';
import type { Own } from './course.ts';
import { judgeEvidence, SKILL_RULE, STUDENT_RULE } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { SupportAnswer, Target } from './features.ts';
import { FittedEnsemble, profileMove } from './member.ts';
import type { Member } from './member.ts';
import { priorVariance, StudentPosterior } from './posterior.ts';
import type { PosteriorLogit, PriorVariance } from './posterior.ts';
import { encodeProfile } from './profile.ts';
import { chooseStrengths, collectStatistics } from './statistics.ts';
import { estimateComponents } from './variance-components.ts';
import type { AdaptOptions, Forecast, StudentModel, StudentState } from './types.ts';

/** A forecast of at least this share counts as mastered. */
export const MASTERY_LEVEL = 0.8;
/** Questions that stand for a skill: those at these quantiles of difficulty. */
const REPRESENTATIVES = [0.125, 0.375, 0.625, 0.875];
/** The starter's strengths are kept below this many answers; above it they are chosen on this many students, which is quick. */
const FEWEST_FOR_STRENGTHS = 500;
const STUDENTS_FOR_STRENGTHS = 250;
/** Answers that the standard error of a mastery imagines to come. */
const ANSWERS_AHEAD = 5;
/**
 * Mean squared errors over those that the posterior expects, in simulated courses (scripts/study-coverage.ts): guesses and slips flatten true
 * logits, and where members part from the posterior they are often right to.
 */
const ERROR_SHARE = 0.9;
/** Questions that a skill is taken to have while nobody has answered one. */
const UNSEEN_QUESTIONS = 5;

/**
 * A model to be fitted to students of the course that it was trained on. Plain arithmetic: about a millisecond for a student.
 * @param source what training produced
 */
export function createStudentModel(source: TrainedModel): StudentModel {
  return new FittedModel(source, source.provenance.students);
}

/**
 * The same learned parameters over another set of difficulties: those of the gradebook as it stands now. This is how the shipped starter
 * serves a class without past students, and how a school's own model keeps up with answers that came after training.
 */
export function withCourse(source: TrainedModel, courseMap: CourseMap, sequences: readonly ResponseSequence[]): StudentModel {
  const own = source.vocabulary.skills.length > 0;
  const table = toResponseTable(sequences, own ? source.vocabulary : undefined);
  const known = new Vocabulary(table.skills);
  for (const skill of courseMap.skills) known.add(skill.id);
  const statistics = collectStatistics(table);
  const calibration = fitCalibration(table);
  const enough = statistics.courseCount >= FEWEST_FOR_STRENGTHS;
  const stride = Math.ceil(table.students.length / STUDENTS_FOR_STRENGTHS);
  const sampled = (student: number): boolean => student % stride === 0;
  return new FittedModel(
    {
      ...source,
      vocabulary: {
        questions: table.questions,
        skills: known.texts,
        skillSets: table.skillSets,
        questionSet: mergeSets(questionSets(table), source, own),
      },
      courseMap,
      course: {
        statistics,
        strengths: !own && enough ? chooseStrengths(table, statistics, sampled) : source.course.strengths,
        calibration,
        components: estimateComponents(table, calibration),
      },
    },
    own ? source.provenance.students : 0,
  );
}

function mergeSets(now: Int32Array, source: TrainedModel, own: boolean): Int32Array {
  if (own)
    for (let question = 0; question < now.length; question++)
      if (now[question]! < 0) now[question] = source.vocabulary.questionSet[question] ?? -1;
  return now;
}

class FittedModel implements StudentModel {
  readonly skills: readonly string[];
  readonly questions: readonly string[];
  readonly pastStudents: number;
  readonly source: TrainedModel;
  readonly skillNumber: ReadonlyMap<string, number>;
  readonly questionNumber: ReadonlyMap<string, number>;
  readonly setNumber: ReadonlyMap<string, number>;
  readonly prerequisites: ReadonlyMap<number, readonly number[]>;
  /** What builds on a skill, by skill index. */
  readonly dependents: ReadonlyMap<number, readonly number[]>;
  /** Questions that stand for each skill, by skill index. */
  readonly representatives: readonly (readonly number[])[];
  /** How many questions each skill has. */
  readonly questionCounts: readonly number[];
  readonly members: readonly Member[];
  readonly prior: PriorVariance;
  /** How each field of the profile moves the ability, in logits. */
  readonly profileEffects: readonly number[];

  constructor(source: TrainedModel, pastStudents: number) {
    this.source = source;
    this.pastStudents = pastStudents;
    this.members = source.members.map(createMember);
    this.skills = source.vocabulary.skills;
    this.questions = source.vocabulary.questions;
    this.skillNumber = new Map(this.skills.map((skill, index) => [skill, index]));
    this.questionNumber = new Map(this.questions.map((question, index) => [question, index]));
    this.setNumber = new Map(
      source.vocabulary.skillSets.map((set, index) => [skillSetKey(set.map((skill) => this.skills[skill] ?? '')), index]),
    );
    this.prerequisites = prerequisiteIndex(source.courseMap, this.skills);
    this.dependents = invert(this.prerequisites);
    const bySkill = this.questionsBySkill();
    this.questionCounts = bySkill.map((questions) => questions.length);
    this.representatives = this.chooseRepresentatives(bySkill);
    this.prior = priorVariance(source.course);
    this.profileEffects = source.members.flatMap((member) => (member.kind === 'closed' ? (member.profileEffects ?? []) : []));
  }

  private questionsBySkill(): number[][] {
    const { vocabulary } = this.source;
    const bySkill: number[][] = this.skills.map(() => []);
    vocabulary.questionSet.forEach((set, question) => {
      for (const skill of vocabulary.skillSets[set] ?? []) bySkill[skill]!.push(question);
    });
    return bySkill;
  }

  private chooseRepresentatives(bySkill: readonly (readonly number[])[]): (readonly number[])[] {
    const { vocabulary, course } = this.source;
    return bySkill.map((questions) => {
      if (questions.length <= REPRESENTATIVES.length) return questions;
      const hardness = questions.map((question) => {
        const set = vocabulary.questionSet[question]!;
        return { question, logit: knowledgeOf(course, question, set, vocabulary.skillSets[set]!).adjusted };
      });
      hardness.sort((a, b) => a.logit - b.logit || a.question - b.question);
      return REPRESENTATIVES.map((quantile) => hardness[Math.floor(quantile * hardness.length)]!.question);
    });
  }

  /**
   * Looks a question up; what nobody has seen falls back on its skills, then on the course.
   * @param unseen numbers for what the model does not know, so that a student's answers on it still go together
   */
  target(question: string | undefined, skills: readonly string[], own: Own, unseen: Unseen): Target {
    const { vocabulary, course } = this.source;
    const number = question === undefined ? -1 : (this.questionNumber.get(question) ?? unseen.question(question));
    let set = skills.length > 0 ? (this.setNumber.get(skillSetKey(skills)) ?? -1) : -1;
    if (skills.length === 0 && number >= 0) set = vocabulary.questionSet[number] ?? -1;
    const numbers =
      set >= 0
        ? vocabulary.skillSets[set]!
        : skills.map((skill) => this.skillNumber.get(skill) ?? unseen.skill(skill)).sort((a, b) => a - b);
    return { question: number, skills: numbers, knowledge: knowledgeOf(course, number, set, numbers, own) };
  }

  answers(history: readonly ResponseEvent[], own: Own, unseen: Unseen): SupportAnswer[] {
    return history.map((response) => ({
      ...this.target(response.question, response.skills, own, unseen),
      correct: response.correct,
      weight: response.weight ?? 1,
    }));
  }

  adapt(history: readonly ResponseEvent[], options: AdaptOptions = {}): StudentState {
    const counted = options.counted ?? [];
    const own =
      counted.length === 0
        ? NOBODY
        : ownPart(
            this.source.course,
            counted.map((response) => {
              const { question, skills } = this.target(response.question, response.skills, NOBODY, new Unseen(this));
              const set = this.setNumber.get(skillSetKey(skills.map((skill) => this.skills[skill] ?? ''))) ?? -1;
              return { question, set, correct: response.correct, weight: response.weight ?? 1 };
            }),
            this.source.vocabulary.skillSets,
          );
    return new FittedStudent(this, own, history, options.profile);
  }
}

/** Numbers beyond the model's own for skills and questions that it does not know, the same for one student's answers and questions. */
class Unseen {
  private readonly skills = new Map<string, number>();
  private readonly questions = new Map<string, number>();
  private readonly model: Pick<StudentModel, 'skills' | 'questions'>;

  constructor(model: Pick<StudentModel, 'skills' | 'questions'>) {
    this.model = model;
  }

  skill(id: string): number {
    return numberIn(this.skills, id, this.model.skills.length);
  }

  question(id: string): number {
    return numberIn(this.questions, id, this.model.questions.length);
  }
}

function numberIn(numbers: Map<string, number>, id: string, first: number): number {
  let number = numbers.get(id);
  if (number === undefined) numbers.set(id, (number = first + numbers.size));
  return number;
}

function invert(map: ReadonlyMap<number, readonly number[]>): Map<number, number[]> {
  const result = new Map<number, number[]>();
  for (const [key, values] of map) for (const value of values) result.set(value, [...(result.get(value) ?? []), key]);
  return result;
}

class FittedStudent implements StudentState {
  readonly answers: number;
  private readonly counted = { answers: 0, right: 0 };
  readonly phi: Float64Array;
  private readonly model: FittedModel;
  private readonly own: Own;
  private readonly unseen: Unseen;
  private readonly ensemble: FittedEnsemble;
  private readonly posterior: StudentPosterior;
  private readonly skillEvidence = new Map<number, { answers: number; right: number }>();
  private wholeLevel: Estimate | undefined;
  private readonly parts = new Map<string, Part[]>();
  /** The targets that were asked for last: a plan asks for the same ones hundreds of times. */
  private targets: { readonly list: readonly string[]; readonly set: ReadonlySet<string> } | undefined;

  constructor(model: FittedModel, own: Own, history: readonly ResponseEvent[], profile: StudentProfile | undefined) {
    this.unseen = new Unseen(model);
    const answers = model.answers(history, own, this.unseen);
    this.model = model;
    this.own = own;
    this.answers = history.length;
    const encoded = encodeProfile(model.source.profile, profile);
    const context = { spread: model.source.course.calibration.variance, profile: encoded };
    this.ensemble = new FittedEnsemble(model.members, answers, context, model.source.recalibration);
    const met = this.ensemble.history;
    const centre = met.company + profileMove(model.profileEffects, encoded);
    this.posterior = new StudentPosterior(model.prior, met, centre);
    this.phi = Float64Array.from(this.ensemble.members.flatMap((member) => [...member.phi]));
    for (const answer of answers) {
      if (answer.weight <= 0) continue;
      for (const skill of answer.skills)
        if (!this.skillEvidence.has(skill)) this.skillEvidence.set(skill, { answers: 0, right: 0 });
      for (const sums of [this.counted, ...answer.skills.map((skill) => this.skillEvidence.get(skill)!)]) {
        sums.answers += 1;
        sums.right += answer.correct;
      }
    }
  }

  private partOf(target: Target, standsFor = 1): Part {
    return { logit: this.ensemble.logit(target), posterior: this.posterior.of(target), standsFor };
  }

  /** Mean squared error of Σ weight·logit: the posterior's variance, and how far the members' forecast lies from the posterior's. */
  private variance(parts: readonly Part[], weights: readonly number[]): number {
    const apart = parts.reduce((sum, part, index) => sum + weights[index]! * (part.posterior.logit - part.logit), 0);
    const variance = this.posterior.variance(
      parts.map(({ posterior }) => posterior),
      weights,
      parts.map(({ standsFor }) => standsFor),
    );
    return ERROR_SHARE * (variance + apart * apart);
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
              this.partOf(
                this.model.target(this.model.questions[question], [], this.own, this.unseen),
                this.model.questionCounts[number]! / questions.length,
              ),
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
    return this.mean(this.skillParts(skill));
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
      const parts = this.skillParts(target);
      const before = this.mean(parts);
      const after = this.mean(parts, shift);
      const slope = (estimate: Estimate): number => estimate.value * (1 - estimate.value);
      gain += after.value - before.value;
      practiceError += slope(after) * error;
      stateError += Math.abs(slope(after) / Math.max(1e-6, slope(before)) - 1) * before.standardError;
    }
    const scale = 100 / Math.max(1, targets.length);
    return { value: gain * scale, standardError: Math.hypot(practiceError, stateError) * scale };
  }

  evidence(skill?: string): Evidence {
    if (skill === undefined) return judgeEvidence(STUDENT_RULE, this.counted.answers, this.counted.right, this.level());
    const { answers, right } = this.skillEvidence.get(this.model.skillNumber.get(skill) ?? this.unseen.skill(skill)) ?? {
      answers: 0,
      right: 0,
    };
    return judgeEvidence(SKILL_RULE, answers, right, this.forecastSkill(skill));
  }
}

interface Part {
  readonly logit: number;
  readonly posterior: PosteriorLogit;
  /** Number of questions whose mean it stands for. */
  readonly standsFor: number;
}

/** Nodes and weights of the 9-point Gauss–Hermite rule for the standard normal. */
const NODES = [0, 1.0232556637891326, 2.0768479786778302, 3.2054290028564703, 4.512745863399783];
const WEIGHTS = [0.40634920634920635, 0.24409750289493901, 0.04991640676521786, 0.002789141321231769, 0.00002234584400774658];

/**
 * Mastery Φ(μ/σ) of a logit distance μ ± σ from the mastery level. Its standard error is how far it would be expected to move once more
 * answers with the given information are known: before them the posterior variance is σ², after them σ'² = 1/(1/σ² + I), and the
 * new centre is N(μ, σ² − σ'²) (preposterior analysis; Raiffa & Schlaifer 1961). Large while little is known, small once it is settled.
 */
export function masteryEstimate(centre: number, variance: number, information: number): Estimate {
  const value = normalCdf(centre / Math.sqrt(variance));
  const after = 1 / (1 / variance + information);
  const spread = Math.sqrt(Math.max(0, variance - after));
  let squares = 0;
  NODES.forEach((node, index) => {
    for (const side of node === 0 ? [0] : [-node, node]) {
      const moved = normalCdf((centre + spread * side) / Math.sqrt(after));
      squares += WEIGHTS[index]! * (moved - value) ** 2;
    }
  });
  return { value, standardError: Math.sqrt(squares) };
}
