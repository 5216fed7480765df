import type { AnswerKey, CourseMap, Prerequisite } from '../../../shared/domain.ts';
import type { RulePlace } from '../../../shared/contract/course.ts';

/** Something that asks skills: a question by its answers, or an assignment by its marks. */
export interface CourseItem {
  readonly kind: 'question' | 'assignment';
  /** Its code in the gradebook. */
  readonly id: string;
  readonly title: string;
  /** Ids of skills, sorted; empty while nobody has said. */
  readonly skills: readonly string[];
  /** Who says so. */
  readonly bySkillsOf: 'file' | 'teacher';
  readonly answers: number;
  /** Mean correctness in [0, 1] as it counts; null without answers. */
  readonly share: number | null;
  readonly voided: boolean;
  readonly key: AnswerKey | null;
  /** 0.25 to 4. */
  readonly weight: number;
}

export type ItemReference = Pick<CourseItem, 'kind' | 'id'>;

/** One change of the course, as it stands in the journal. */
export interface EditRecord {
  readonly id: string;
  readonly at: number;
  /** Words `course.edit.<kind>`. */
  readonly kind: string;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly note: string;
  readonly undone: boolean;
}

/** "A title that begins with Fractions asks Fractions." */
export interface RuleRecord {
  readonly id: number;
  readonly place: RulePlace;
  readonly text: string;
  readonly skills: readonly string[];
}

/** What can be read of the course. */
export interface CourseReader {
  courseMap(): CourseMap;
  /** Circles that prerequisites close: each as its skills in order, the first repeated at the end. What closes one is not in the map. */
  circles(): readonly (readonly string[])[];
  skillUse(): readonly { readonly id: string; readonly name: string; readonly questions: number; readonly answers: number }[];
  /** Questions, then assignments, each in the order in which they came. */
  items(): readonly CourseItem[];
  /** Newest first. */
  edits(): readonly EditRecord[];
  /** Skills that stand no more, by id: the one that stands for each, or null where it was removed. */
  withdrawnSkills(): ReadonlyMap<string, string | null>;
  /** Every pair in the gradebook by its own codes, also between skills that stand no more and those that the teacher took away. */
  storedLinks(): readonly (Prerequisite & { readonly removed: boolean })[];
  /** The pairs in the gradebook that make this prerequisite: skills that others stand for may have some of their own. */
  linksBehind(skill: string, prerequisite: string): readonly Prerequisite[];
  /** How many changes were made, or taken back, after this time. */
  editsSince(at: number): number;
  rules(): readonly RuleRecord[];
}
