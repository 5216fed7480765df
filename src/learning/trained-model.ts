import type { CourseMap } from '../shared/domain.ts';
import type { StoredBaseline } from './baselines/baseline.ts';
import type { Difference } from './evaluation/paired-bootstrap.ts';
import type { EvaluationReport } from './evaluation/report.ts';
import type { ReliabilityBin } from './evaluation/metrics.ts';
import type { TrainedMember } from './members.ts';
import type { ProfileColumn } from './student-model/profile.ts';
import type { StoredDynamics } from './planning/planner-course.ts';
import type { PracticeEffect } from './student-model/practice.ts';
import type { CourseKnowledge } from './student-model/course.ts';
import type { Recalibration } from './student-model/recalibration.ts';
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
  /** Students who judged in parts, each forecast by what trained without their part; 0 where some were held back, or nobody judged. */
  readonly crossValidatedStudents: number;
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
  /** The forecasts in use beside the baselines, on held-back students; without points where nobody was held back. */
  readonly report: EvaluationReport;
  /** A baseline that forecast held-back students better than the trained ensemble, so that it takes part in the forecasts, or more of a part. */
  readonly adopted: Adoption | null;
  readonly reliability: readonly ReliabilityBin[];
  readonly reliabilityAfter: number | null;
}

export interface Adoption {
  readonly baseline: string;
  /** Log-loss of the ensemble without it, or with less of it, minus the baseline's, in nats: how much was at stake. */
  readonly difference: Difference;
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
  /** What held-back students correct the joint forecast by. */
  readonly recalibration: Recalibration;
  /** Published models fitted to the same students, to compare with. */
  readonly baselines: readonly StoredBaseline[];
  /** The roster's fields that move a student's start. */
  readonly profile: readonly ProfileColumn[];
  readonly course: CourseKnowledge;
  readonly practice: PracticeEffect;
  /** How the course's skills grow with practice; left out where there were too few answers, and by models made before it. */
  readonly dynamics?: StoredDynamics | undefined;
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
