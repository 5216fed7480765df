import type { CourseMap } from '../shared/domain.ts';
import type { AccuracyPoint } from './evaluation/protocol.ts';
import type { ReliabilityBin } from './evaluation/metrics.ts';
import type { TrainedMember } from './members.ts';
import type { ProfileColumn } from './student-model/profile.ts';
import type { PracticeEffect } from './student-model/practice.ts';
import type { CourseKnowledge } from './student-model/course.ts';
import type { TableVocabulary } from './responses.ts';

export interface TrainingCurvePoint {
  readonly step: number;
  readonly loss: number;
  /** Log-loss of held-back students' next answers; null where nobody was held back. */
  readonly heldBackLoss: number | null;
}

export interface Provenance {
  /** Students whose answers moved the parameters or gave the difficulties. */
  readonly students: number;
  readonly heldBackStudents: number;
  readonly answers: number;
  readonly questions: number;
  readonly skills: number;
  /** What training started from: the shipped starter, or nothing. */
  readonly start: 'starter' | 'scratch';
  readonly steps: number;
  /** The step whose parameters were kept, because held-back students were forecast best. */
  readonly keptStep: number;
}

export interface ModelMetrics {
  readonly trainingCurve: readonly TrainingCurvePoint[];
  readonly accuracy: readonly AccuracyPoint[];
  readonly baseline: string;
  readonly reliability: readonly ReliabilityBin[];
  readonly reliabilityAfter: number | null;
}

/** Everything that training produces: what is stored, and what a student is fitted with. */
export interface TrainedModel {
  readonly learner: string;
  /** `phi` or `network`. */
  readonly studentModel: string;
  readonly seed: number;
  readonly backend: string;
  readonly vocabulary: TableVocabulary & { /** Skill set of each question, by index. */ readonly questionSet: Int32Array };
  readonly courseMap: CourseMap;
  /** Student models that forecast together, by the weighted mean of their log-odds. */
  readonly members: readonly TrainedMember[];
  /** The roster's fields that move a student's start. */
  readonly profile: readonly ProfileColumn[];
  readonly course: CourseKnowledge;
  readonly practice: PracticeEffect;
  readonly provenance: Provenance;
  readonly metrics: ModelMetrics;
}

/** The last skill set that each question was answered under. */
export function questionSets(table: {
  readonly question: Int32Array;
  readonly skillSet: Int32Array;
  readonly questions: readonly string[];
}): Int32Array {
  const sets = new Int32Array(table.questions.length).fill(-1);
  for (let row = 0; row < table.question.length; row++) sets[table.question[row]!] = table.skillSet[row]!;
  return sets;
}

/** Prerequisites by skill index; pairs that name unknown skills are left out. */
export function prerequisiteIndex(courseMap: CourseMap, skills: readonly string[]): Map<number, number[]> {
  const position = new Map(skills.map((skill, index) => [skill, index]));
  const result = new Map<number, number[]>();
  for (const pair of courseMap.prerequisites) {
    const skill = position.get(pair.skill);
    const prerequisite = position.get(pair.prerequisite);
    if (skill === undefined || prerequisite === undefined) continue;
    result.set(skill, [...(result.get(skill) ?? []), prerequisite]);
  }
  return result;
}

/** What a training starts from: the first student model of the shipped one. */
export function starterOf(model: TrainedModel): Extract<TrainedMember, { kind: 'phi' }> | undefined {
  return model.members.find((member) => member.kind === 'phi');
}
