import type { Statement } from 'better-sqlite3';
import { markResponse, provisionalSkill } from '../../learning/marks.ts';
import type { ResponseEvent, Skill } from '../../shared/domain.ts';
import { asCounted, standingSkills } from './course-edits.ts';
import type { CourseEdits, ItemEdit } from './course-edits.ts';

/** An answer, or what counts as one, and the import that brought it. */
export interface Evidence {
  readonly event: ResponseEvent;
  readonly importNumber: number;
}

/**
 * Marks as evidence, by student's id, oldest first; of one student or of all, up to an import or from all. What was excused or is missing
 * says nothing, nor does an assignment that the teacher took out.
 * @param prepare compiles each statement once: a student's marks are read whenever the student is
 */
export function markEvents(
  prepare: (sql: string) => Statement,
  edits: CourseEdits,
  { student, upTo }: { readonly student?: string | undefined; readonly upTo?: number | undefined } = {},
): Map<string, Evidence[]> {
  const events = new Map<string, Evidence[]>();
  // By the student's row, so that one student's marks are found by their key.
  const one = student === undefined ? '' : 'm.student_id = (SELECT id FROM students WHERE code = @student) AND';
  const rows = prepare(
    `SELECT s.code, a.id, a.code, a.title, m.points, a.possible, coalesce(m.marked_at, a.due_at) AS at, m.import_number FROM marks m
     JOIN students s ON s.id = m.student_id JOIN assignments a ON a.id = m.assignment_id
     WHERE ${one} m.points IS NOT NULL AND (@upTo IS NULL OR m.import_number <= @upTo) ORDER BY m.student_id, at, a.id`,
  )
    .raw()
    .all({ ...(student === undefined ? {} : { student }), upTo: upTo ?? null }) as [
    string,
    number,
    string,
    string,
    number,
    number,
    number | null,
    number,
  ][];
  if (rows.length === 0) return events;
  const skills = new Map<number, string[]>();
  for (const [assignment, code] of prepare(
    'SELECT g.assignment_id, k.code FROM assignment_skills g JOIN skills k ON k.id = g.skill_id',
  )
    .raw()
    .all() as [number, string][]) {
    const known = skills.get(assignment);
    if (known) known.push(code);
    else skills.set(assignment, [code]);
  }
  for (const [of, id, assignment, title, points, possible, at, importNumber] of rows) {
    const known = events.get(of) ?? [];
    const { skills: given, ...edit } = edits.assignments.get(id) ?? AS_IMPORTED;
    const asked = standingSkills(edits, given ?? skills.get(id) ?? []);
    const mark = { assignment, title, points, possible, skills: asked, at: at ?? undefined };
    // The skill that an assignment stands for by its title is none that could stand for another.
    const event = asCounted(markResponse(mark, known.length), { ...edit, skills: null }, { ...edits, skills: NO_SKILLS });
    if (!event) continue;
    if (known.length === 0) events.set(of, known);
    known.push({ event, importNumber });
  }
  return events;
}

const AS_IMPORTED: ItemEdit = { skills: null, voided: false, key: null, weight: 1 };
const NO_SKILLS: CourseEdits['skills'] = new Map();

/** Skills that assignments stand for while nobody has said which they ask, in the order of the assignments; known skills are left out. */
export function provisionalSkills(prepare: (sql: string) => Statement, edits: CourseEdits): Skill[] {
  const rows = prepare(
    `SELECT a.id, a.title, (SELECT json_group_array(k.code) FROM assignment_skills g JOIN skills k ON k.id = g.skill_id WHERE g.assignment_id = a.id) AS skills
     FROM assignments a WHERE EXISTS (SELECT 1 FROM marks m WHERE m.assignment_id = a.id)
       AND a.title NOT IN (SELECT code FROM skills WHERE id NOT IN (SELECT skill_id FROM skill_edits)) ORDER BY a.due_at, a.id`,
  ).all() as { id: number; title: string; skills: string }[];
  const unsaid = rows.filter(({ id, skills }) => {
    const edit = edits.assignments.get(id);
    return !edit?.voided && standingSkills(edits, edit?.skills ?? (JSON.parse(skills) as string[])).length === 0;
  });
  return [...new Set(unsaid.map((row) => provisionalSkill(row)))].map((title) => ({ id: title, name: title, provisional: true }));
}

/** A student's marks among their answers by time; what has no time comes first. */
export function withMarks(answers: readonly Evidence[], marks: readonly Evidence[] | undefined): readonly Evidence[] {
  if (marks === undefined) return answers;
  const merged: Evidence[] = [];
  const add = ({ event, importNumber }: Evidence, order: number | undefined): void => {
    merged.push({ event: order === undefined ? event : { ...event, order }, importNumber });
  };
  let next = 0;
  for (const answer of answers) {
    for (; next < marks.length; next++) {
      const at = marks[next]!.event.timestamp;
      if (at !== undefined && (answer.event.timestamp === undefined || at > answer.event.timestamp)) break;
      add(marks[next]!, answer.event.order);
    }
    merged.push(answer);
  }
  const last = answers.at(-1)?.event.order;
  for (; next < marks.length; next++) add(marks[next]!, last);
  return merged;
}
