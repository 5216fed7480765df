import type { CourseMap } from '../../shared/domain.ts';
import { learnDynamics } from '../planning/planner-course.ts';
import type { StoredDynamics } from '../planning/planner-course.ts';
import { tableSequences } from '../responses.ts';
import type { ResponseTable } from '../responses.ts';
import { knowledgeColumns, learnCourse } from '../student-model/course.ts';
import type { CourseKnowledge } from '../student-model/course.ts';
import { fitPractice } from '../student-model/practice.ts';
import type { PracticeEffect } from '../student-model/practice.ts';
import { prerequisiteIndex } from '../trained-model.ts';
import { fitBaselines, QUICK_BASELINES } from './fit-baselines.ts';
import type { FittedBaselines } from './fit-baselines.ts';
import { judgingParts } from './judging-parts.ts';

/** What a training needs that rests on the answers alone; plain data. */
export interface BesideTask {
  readonly table: ResponseTable;
  readonly courseMap: CourseMap;
  readonly seed: number;
}

export interface BesideResult {
  readonly baselines: FittedBaselines;
  /** From all students. */
  readonly course: CourseKnowledge;
  readonly practice: PracticeEffect;
  /** Undefined where there are too few answers. */
  readonly dynamics: StoredDynamics | undefined;
}

export interface BesideHooks {
  readonly shouldStop?: (() => boolean | Promise<boolean>) | undefined;
  /** @param fraction done, 0 to 1 */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** The work under way on another core. */
export interface BesideWork {
  readonly result: Promise<BesideResult>;
  /** Gives it up; nobody looks at the result any more. */
  stop(): void;
}

/** Students that the dynamics of the course are fitted to. */
const MOST_FOR_DYNAMICS = 150;
/** Share of the work that the baselines are. */
const BASELINES = 0.5;

/**
 * What of a training takes neither tensors nor anything that is being learned, so that it may be worked out beside the steps: the published models, and
 * what plans rest on.
 * @throws CancelledError
 */
export async function workBeside(
  { table, courseMap, seed }: BesideTask,
  { shouldStop, onProgress }: BesideHooks = {},
): Promise<BesideResult> {
  const baselines = await fitBaselines({
    table,
    seed,
    names: QUICK_BASELINES,
    judges: judgingParts(table, seed),
    shouldStop,
    onProgress: (fraction) => onProgress?.(BASELINES * fraction),
  });
  const course = learnCourse(table);
  const knowledge = knowledgeColumns(table, course, () => true);
  const practice = fitPractice(table, knowledge, prerequisiteIndex(courseMap, table.skills));
  const dynamics = learnDynamics(courseMap, tableSequences(table, MOST_FOR_DYNAMICS));
  onProgress?.(1);
  return { baselines, course, practice, dynamics };
}
