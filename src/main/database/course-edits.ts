import type { Statement } from 'better-sqlite3';
import type { AnswerKey, ResponseEvent } from '../../shared/domain.ts';

/** What a teacher said of one question or assignment. */
export interface ItemEdit {
  /** Codes of the skills that it asks; null where files say. */
  readonly skills: readonly string[] | null;
  readonly voided: boolean;
  /** Null: the key of the file. */
  readonly key: AnswerKey | null;
  readonly weight: number;
}

/** Everything that a teacher said of the course, as answers and marks are read through it. */
export interface CourseEdits {
  /** By the question's code. */
  readonly questions: ReadonlyMap<string, ItemEdit>;
  /** By the assignment's row. */
  readonly assignments: ReadonlyMap<number, ItemEdit>;
  /** Skills that stand no more, by code: the one that stands for each, or null where it was removed. */
  readonly skills: ReadonlyMap<string, string | null>;
}

type EditRow = [item: string | number, skills: string | null, voided: number, key: AnswerKey | null, weight: number];

const toEdit = ([, skills, voided, key, weight]: EditRow): ItemEdit => ({
  skills: skills === null ? null : (JSON.parse(skills) as string[]),
  voided: voided === 1,
  key,
  weight,
});

export function readEdits(prepare: (sql: string) => Statement): CourseEdits {
  const columns = 'e.skills, e.voided, e.answer_key, e.weight';
  const rows = (sql: string): EditRow[] => prepare(sql).raw().all() as EditRow[];
  const questions = rows(`SELECT q.code, ${columns} FROM question_edits e JOIN questions q ON q.id = e.question_id`);
  const assignments = rows(`SELECT e.assignment_id, ${columns} FROM assignment_edits e`);
  const redirects = new Map(
    prepare(
      'SELECT k.code, t.code FROM skill_edits e JOIN skills k ON k.id = e.skill_id LEFT JOIN skills t ON t.id = e.stands_for',
    )
      .raw()
      .all() as [string, string | null][],
  );
  return {
    questions: new Map(questions.map((row) => [row[0] as string, toEdit(row)])),
    assignments: new Map(assignments.map((row) => [row[0] as number, toEdit(row)])),
    skills: new Map([...redirects.keys()].map((code) => [code, follow(redirects, code)])),
  };
}

/** The last of a chain of skills that stand for one another. */
function follow(redirects: ReadonlyMap<string, string | null>, code: string): string | null {
  let at: string | null = code;
  for (let steps = 0; at !== null && redirects.has(at); steps++) {
    if (steps > redirects.size) return null;
    at = redirects.get(at) ?? null;
  }
  return at;
}

/** The skills that stand for these, each once and sorted. */
export function standingSkills(edits: Pick<CourseEdits, 'skills'>, codes: readonly string[]): readonly string[] {
  if (!codes.some((code) => edits.skills.has(code))) return codes;
  const standing = codes.flatMap((code) => (edits.skills.has(code) ? (edits.skills.get(code) ?? []) : code));
  return [...new Set(standing)].sort();
}

/** The skills that a question or an assignment asks as it stands: what its teacher said, else what files said. */
export const skillsAsked = (
  edits: Pick<CourseEdits, 'skills'>,
  edit: ItemEdit | undefined,
  codes: readonly string[],
): readonly string[] => standingSkills(edits, edit?.skills ?? codes);

export const keyed = (correct: number, key: AnswerKey | null): number =>
  key === 'flipped' ? 1 - correct : key === 'all-right' ? 1 : correct;

/** An answer or a mark as it counts; undefined where its question was taken out. */
export function asCounted(event: ResponseEvent, edit: ItemEdit | undefined, edits: CourseEdits): ResponseEvent | undefined {
  if (edit === undefined) {
    const skills = standingSkills(edits, event.skills);
    return skills === event.skills ? event : { ...event, skills };
  }
  if (edit.voided) return undefined;
  return {
    ...event,
    skills: skillsAsked(edits, edit, event.skills),
    correct: keyed(event.correct, edit.key),
    ...(edit.weight === 1 ? {} : { weight: (event.weight ?? 1) * edit.weight }),
  };
}
