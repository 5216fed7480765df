import { createMember } from '../members.ts';
import { skillSetKey } from '../responses.ts';
import { prerequisiteIndex } from '../trained-model.ts';
import type { TrainedModel } from '../trained-model.ts';
import { knowledgeOf } from './course.ts';
import type { Own } from './course.ts';
import type { Target } from './features.ts';
import type { Member } from './member.ts';
import { priorVariance } from './prior-variance.ts';
import type { PriorVariance } from './prior-variance.ts';
import type { Unseen } from './unseen.ts';

/** Questions that stand for a skill: those at these quantiles of difficulty. */
const REPRESENTATIVES = [0.125, 0.375, 0.625, 0.875];

/** What a trained model looks up for every student. */
export class FittedCourse {
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
    return this.known(this.find(question, skills, unseen), own);
  }

  /** The same for one of the model's own questions, by its number. */
  questionTarget(question: number, own: Own): Target {
    const { vocabulary } = this.source;
    const set = vocabulary.questionSet[question] ?? -1;
    return this.known({ question, set, skills: vocabulary.skillSets[set] ?? [] }, own);
  }

  private known({ question, set, skills }: Found, own: Own): Target {
    return { question, skills, knowledge: knowledgeOf(this.source.course, question, set, skills, own) };
  }

  /** @param unseen as for target */
  find(question: string | undefined, skills: readonly string[], unseen: Unseen): Found {
    const { vocabulary } = this.source;
    const number = question === undefined ? -1 : (this.questionNumber.get(question) ?? unseen.question(question));
    let set = skills.length > 0 ? (this.setNumber.get(skillSetKey(skills)) ?? -1) : -1;
    if (skills.length === 0 && number >= 0) set = vocabulary.questionSet[number] ?? -1;
    const numbers =
      set >= 0
        ? vocabulary.skillSets[set]!
        : skills.map((skill) => this.skillNumber.get(skill) ?? unseen.skill(skill)).sort((a, b) => a - b);
    return { question: number, set, skills: numbers };
  }
}

/** A question as numbers; −1 and numbers beyond the model's for what it does not know. */
export interface Found {
  readonly question: number;
  readonly set: number;
  readonly skills: readonly number[];
}

function invert(map: ReadonlyMap<number, readonly number[]>): Map<number, number[]> {
  const result = new Map<number, number[]>();
  for (const [key, values] of map) for (const value of values) result.set(value, [...(result.get(value) ?? []), key]);
  return result;
}
