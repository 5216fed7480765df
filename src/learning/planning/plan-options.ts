import type { ResponseEvent, StudentProfile, TimeBudget } from '../../shared/domain.ts';
import type { Material } from '../../shared/material.ts';
import type { StudentState } from '../student-model/types.ts';
import type { EffortNorms } from './effort.ts';
import type { Overrides } from './overrides.ts';
import type { PlannerCourse } from './planner-course.ts';
import type { SkillGraph } from './skill-graph.ts';

export interface PlanOptions {
  readonly student: string;
  readonly state: StudentState;
  readonly graph: SkillGraph;
  /** All skills of the course. */
  readonly skills: readonly string[];
  /** What the teacher asked for; without it, the whole course. */
  readonly goals?: readonly string[] | undefined;
  readonly steps?: number;
  /** How the course is learned; what is assumed of any course where left out. */
  readonly planner?: PlannerCourse | undefined;
  /** The student's answers: from them the dynamics read where the student stands, where they lead, and reviews, speed and effort are read. */
  readonly history?: readonly ResponseEvent[] | undefined;
  /** What answers to each question took of everybody; without it, effort is not looked at. */
  readonly norms?: EffortNorms | undefined;
  /** What the roster says of the student. */
  readonly profile?: StudentProfile | undefined;
  /** Milliseconds since 1970; without it nothing is reviewed by date. */
  readonly now?: number | undefined;
  /** How much time there is; needs `now`. As many steps as have room, instead of `steps`. */
  readonly budget?: TimeBudget | undefined;
  /** What the teacher decided. */
  readonly overrides?: Overrides | undefined;
  /** What the teacher has for each skill. */
  readonly material?: ReadonlyMap<string, readonly Material[]> | undefined;
}
