import type { Database, Statement } from 'better-sqlite3';
import { findCycle, separateCircles } from '../../learning/planning/skill-graph.ts';
import type { Prerequisite, ResponseColumns, Skill } from '../../shared/domain.ts';
import type { CourseItem, CourseReader, EditRecord, RuleRecord } from '../services/course/ports.ts';
import { readColumns } from './answer-columns.ts';
import { keyed, standingSkills } from './course-edits.ts';
import type { CourseEdits, ItemEdit } from './course-edits.ts';
import { editedColumns } from './edited-columns.ts';
import { provisionalSkills } from './mark-evidence.ts';

const AS_IMPORTED: ItemEdit = { skills: null, voided: false, key: null, weight: 1 };

/** How many answers a question has, and how right they are. */
interface Use {
  readonly questions: ReadonlyMap<string, { readonly answers: number; readonly right: number }>;
  /** Answers that count, by skill. */
  readonly skills: ReadonlyMap<string, number>;
}

/**
 * Reading of the course: skills, what builds on what, questions and assignments, and what the teacher said of them.
 * @param remembered looks once for each version of the data
 */
export function createCourseReader(
  database: Database,
  prepare: (sql: string) => Statement,
  editsNow: () => CourseEdits,
  remembered: <Value>(look: () => Value) => () => Value,
): CourseReader {
  const links = remembered(() => readLinks(prepare, editsNow()));
  const use = remembered(() => countUse(readColumns(database, {}), editsNow()));
  const items = remembered(() => [
    ...questionItems(prepare, editsNow(), use().questions),
    ...assignmentItems(prepare, editsNow()),
  ]);
  const standing = (): (Skill & { readonly rowId: number })[] =>
    prepare(
      'SELECT id AS rowId, code AS id, name FROM skills WHERE id NOT IN (SELECT skill_id FROM skill_edits) ORDER BY skills.id',
    ).all() as (Skill & { rowId: number })[];

  return {
    courseMap: () => ({
      skills: [...standing().map(({ id, name }) => ({ id, name })), ...provisionalSkills(prepare, editsNow())],
      prerequisites: links().kept,
    }),
    circles: () => links().circles,
    withdrawnSkills: () => editsNow().skills,
    storedLinks: () => readStored(prepare),
    linksBehind: (skill, prerequisite) =>
      readPairs(prepare).filter((pair) => {
        const [standing] = standingPairs([pair], editsNow());
        return standing?.skill === skill && standing.prerequisite === prerequisite;
      }),
    skillUse() {
      const questions = new Map<string, number>();
      const marks = new Map<string, number>();
      for (const item of items()) {
        if (item.voided) continue;
        for (const skill of item.skills) {
          questions.set(skill, (questions.get(skill) ?? 0) + 1);
          if (item.kind === 'assignment') marks.set(skill, (marks.get(skill) ?? 0) + item.answers);
        }
      }
      return standing().map(({ id, name }) => ({
        id,
        name,
        questions: questions.get(id) ?? 0,
        answers: (use().skills.get(id) ?? 0) + (marks.get(id) ?? 0),
      }));
    },
    items,
    edits: () =>
      (
        prepare(
          'SELECT i.id, i.created_at AS at, e.kind, e.detail, e.note, i.undone_at IS NOT NULL AS undone FROM edits e JOIN imports i ON i.number = e.import_number ORDER BY i.number DESC',
        ).all() as (Omit<EditRecord, 'detail' | 'undone'> & { detail: string; undone: number })[]
      ).map((row) => ({ ...row, detail: JSON.parse(row.detail) as EditRecord['detail'], undone: row.undone === 1 })),
    editsSince: (at) =>
      prepare(
        `SELECT count(*) FROM imports i JOIN edits e ON e.import_number = i.number
         WHERE (i.created_at > @at) <> (coalesce(i.undone_at, 0) > @at)`,
      )
        .pluck()
        .get({ at }) as number,
    rules: () => readRules(prepare),
  };
}

export function readRules(prepare: (sql: string) => Statement): RuleRecord[] {
  return (
    prepare('SELECT id, place, text, skills FROM skill_rules ORDER BY id').all() as (Omit<RuleRecord, 'skills'> & {
      skills: string;
    })[]
  ).map((row) => ({ ...row, skills: JSON.parse(row.skills) as string[] }));
}

/** As files and teachers said them. */
const readPairs = (prepare: (sql: string) => Statement): Prerequisite[] =>
  readStored(prepare).flatMap(({ skill, prerequisite, removed }) => (removed ? [] : [{ skill, prerequisite }]));

const readStored = (prepare: (sql: string) => Statement): (Prerequisite & { readonly removed: boolean })[] =>
  (
    prepare(
      `SELECT s.code AS skill, p.code AS prerequisite, r.removed FROM prerequisites r JOIN skills s ON s.id = r.skill_id JOIN skills p ON p.id = r.prerequisite_id
       ORDER BY r.skill_id, r.prerequisite_id`,
    ).all() as (Prerequisite & { removed: number })[]
  ).map((row) => ({ ...row, removed: row.removed === 1 }));

/** Prerequisites between skills that stand, those that close a circle apart: a map must never keep the app from opening. */
function readLinks(
  prepare: (sql: string) => Statement,
  edits: CourseEdits,
): { readonly kept: readonly Prerequisite[]; readonly circles: readonly (readonly string[])[] } {
  const rows = readPairs(prepare);
  const pairs = edits.skills.size === 0 ? rows : standingPairs(rows, edits);
  if (!findCycle(pairs)) return { kept: pairs, circles: [] };
  const { kept, refused } = separateCircles(pairs);
  return { kept, circles: refused.map(({ circle }) => circle) };
}

/** The pairs between the skills that stand for theirs, each once; a skill that was removed takes its pairs along. */
export function standingPairs<Pair extends Prerequisite>(pairs: readonly Pair[], edits: Pick<CourseEdits, 'skills'>): Pair[] {
  const seen = new Set<string>();
  return pairs.flatMap((pair) => {
    const [skill] = standingSkills(edits, [pair.skill]);
    const [prerequisite] = standingSkills(edits, [pair.prerequisite]);
    const key = `${skill}\u001f${prerequisite}`;
    if (skill === undefined || prerequisite === undefined || skill === prerequisite || seen.has(key)) return [];
    seen.add(key);
    return [{ ...pair, skill, prerequisite }];
  });
}

function countUse(columns: ResponseColumns, edits: CourseEdits): Use {
  const answers = new Int32Array(columns.questions.length);
  const right = new Float64Array(columns.questions.length);
  for (let row = 0; row < columns.question.length; row++) {
    const question = columns.question[row]!;
    answers[question] = answers[question]! + 1;
    right[question] = right[question]! + columns.correct[row]!;
  }
  const { skillSet, skillSets } = editedColumns(columns, edits);
  const bySet = new Int32Array(skillSets.length);
  for (const set of skillSet) bySet[set] = bySet[set]! + 1;
  const skills = new Map<string, number>();
  skillSets.forEach((codes, set) => {
    if (bySet[set]! > 0) for (const skill of codes) skills.set(skill, (skills.get(skill) ?? 0) + bySet[set]!);
  });
  return {
    questions: new Map(columns.questions.map((code, index) => [code, { answers: answers[index]!, right: right[index]! }])),
    skills,
  };
}

/** Codes of skills by the row of what asks them. */
function linksOf(prepare: (sql: string) => Statement, table: 'question' | 'assignment'): Map<number, string[]> {
  const links = new Map<number, string[]>();
  const rows = prepare(
    `SELECT l.${table}_id, k.code FROM ${table}_skills l JOIN skills k ON k.id = l.skill_id ORDER BY l.${table}_id, k.code`,
  )
    .raw()
    .all() as [number, string][];
  for (const [item, skill] of rows) {
    const known = links.get(item);
    if (known) known.push(skill);
    else links.set(item, [skill]);
  }
  return links;
}

function toItem(
  kind: CourseItem['kind'],
  [, id, title]: readonly [unknown, string, string],
  imported: readonly string[],
  { answers, right }: { readonly answers: number; readonly right: number },
  edit: ItemEdit,
  edits: CourseEdits,
): CourseItem {
  return {
    kind,
    id,
    title,
    skills: standingSkills(edits, edit.skills ?? imported),
    bySkillsOf: edit.skills === null ? 'file' : 'teacher',
    answers,
    share: answers === 0 ? null : keyed(right / answers, edit.key),
    voided: edit.voided,
    key: edit.key,
    weight: edit.weight,
  };
}

const NO_USE = { answers: 0, right: 0 };

function questionItems(prepare: (sql: string) => Statement, edits: CourseEdits, use: Use['questions']): CourseItem[] {
  const links = linksOf(prepare, 'question');
  // What an undone import left behind, because something rests on it, is not the course's any more.
  const rows = prepare(
    `SELECT q.id, q.code, q.code, i.undone_at IS NOT NULL FROM questions q LEFT JOIN imports i ON i.number = q.import_number ORDER BY q.id`,
  )
    .raw()
    .all() as [number, string, string, number][];
  return rows.flatMap((row) => {
    const [id, code, , undone] = row;
    const used = use.get(code) ?? NO_USE;
    if (used.answers === 0 && undone === 1) return [];
    return [toItem('question', [id, code, code], links.get(id) ?? [], used, edits.questions.get(code) ?? AS_IMPORTED, edits)];
  });
}

function assignmentItems(prepare: (sql: string) => Statement, edits: CourseEdits): CourseItem[] {
  const links = linksOf(prepare, 'assignment');
  const rows = prepare(
    `SELECT a.id, a.code, a.title, i.undone_at IS NOT NULL, count(m.points), coalesce(total(min(1, max(0, m.points / a.possible))), 0), count(m.student_id)
     FROM assignments a LEFT JOIN imports i ON i.number = a.import_number LEFT JOIN marks m ON m.assignment_id = a.id GROUP BY a.id ORDER BY a.id`,
  )
    .raw()
    .all() as [number, string, string, number, number, number, number][];
  return rows.flatMap((row) => {
    const [id, code, title, undone, answers, right, marks] = row;
    if (marks === 0 && undone === 1) return [];
    return [
      toItem(
        'assignment',
        [id, code, title],
        links.get(id) ?? [],
        { answers, right },
        edits.assignments.get(id) ?? AS_IMPORTED,
        edits,
      ),
    ];
  });
}
