import type { CourseMap, QuestionReference, ResponseEvent, ResponseSequence } from '../shared/domain.ts';
import { PathlightError } from '../shared/errors.ts';
import { separateCircles } from '../learning/planning/skill-graph.ts';
import { markResponse } from '../learning/marks.ts';
import { skillsOfKey } from '../learning/responses.ts';
import { likelyMaximum } from '../main/database/mark-writer.ts';
import { readImportFile } from '../main/services/importing/read-file.ts';
import { CsvReader, detectDelimiter } from '../main/services/importing/source/csv.ts';
import { decodeText } from '../main/services/importing/source/text.ts';
import { readTyped } from './paths.ts';

const SHOWN = 10;

/** Says on the error stream which rows were left out; the work goes on with the others. */
function reportRefused(file: string, refused: readonly { readonly line: number; readonly reason: string }[]): void {
  for (const row of refused.slice(0, SHOWN)) console.error(`${file}, line ${row.line}: refused, ${row.reason}.`);
  if (refused.length > SHOWN) console.error(`${file}: ${refused.length - SHOWN} more rows were refused.`);
}

/**
 * Answers and marks of all files, of whatever system: students in the order of their first row, each one's answers in order, marks
 * before them where they have no time.
 */
export async function readResponses(files: readonly string[]): Promise<ResponseSequence[]> {
  const byStudent = new Map<string, ResponseEvent[]>();
  for (const typed of files) {
    const { name, bytes } = readTyped(typed);
    const { content } = await readImportFile(name, bytes);
    const { answers, students, marks } = content;
    if (answers.length === 0 && marks.length === 0 && content.format !== 'pathlight-responses')
      throw new PathlightError(
        'not-answers',
        `${name} is no answers file (it looks like ${content.format}). Answers have student,order,item,skill,correct.`,
        { file: name },
      );
    reportRefused(name, content.refused);
    const events = students.map(({ keys }) => {
      const id = keys[0]!.value;
      const known = byStudent.get(id);
      if (known) return known;
      const fresh: ResponseEvent[] = [];
      byStudent.set(id, fresh);
      return fresh;
    });
    const tops = content.assignments.map(() => 0);
    for (const mark of marks) tops[mark.assignment] = Math.max(tops[mark.assignment]!, mark.points ?? 0);
    for (const mark of marks) {
      if (mark.points === null) continue;
      const assignment = content.assignments[mark.assignment]!;
      const at = mark.markedAt ?? assignment.dueAt ?? undefined;
      const possible = assignment.possible ?? likelyMaximum(tops[mark.assignment]!);
      const own = events[mark.student]!;
      own.push(
        markResponse(
          { assignment: assignment.title, title: assignment.title, points: mark.points, possible, skills: assignment.skills, at },
          own.length,
        ),
      );
    }
    const skillSets = answers.skillSets.map(skillsOfKey);
    for (const row of answers.sorted(students.length)) {
      const answeredAt = answers.answeredAt[row]!;
      const own = events[answers.student[row]!]!;
      own.push({
        order: answers.position[row]! < 0 ? own.length : answers.position[row]!,
        question: answers.questions[answers.question[row]!]!,
        skills: skillSets[answers.skillSet[row]!]!,
        correct: answers.correct[row]!,
        ...(Number.isNaN(answeredAt) ? {} : { timestamp: answeredAt }),
      });
    }
  }
  return [...byStudent].map(([student, responses]) => ({ student, responses: responses.sort((a, b) => a.order - b.order) }));
}

/** Names and prerequisites of skills; skills that only the prerequisites name are added. */
export async function readCourseMap(
  skillsFile: string | undefined,
  prerequisitesFile: string | undefined,
  used: Iterable<string>,
): Promise<CourseMap> {
  const names = new Map<string, string>();
  if (skillsFile) {
    const { name, bytes } = readTyped(skillsFile);
    const { content } = await readImportFile(name, bytes);
    if (content.skills.length === 0)
      throw new PathlightError('not-skills', `${name} is no list of skills. It needs the columns skill,name.`, { file: name });
    reportRefused(name, content.refused);
    for (const row of content.skills) names.set(row.skill, row.name);
  }
  const prerequisites: { skill: string; prerequisite: string }[] = [];
  if (prerequisitesFile) {
    const { name, bytes } = readTyped(prerequisitesFile);
    const { content } = await readImportFile(name, bytes);
    if (content.format !== 'case')
      throw new PathlightError(
        'not-prerequisites',
        `${name} is no list of prerequisites. It needs the columns skill,prerequisite.`,
        { file: name },
      );
    reportRefused(name, content.refused);
    const { kept, refused } = separateCircles(content.prerequisites);
    reportRefused(
      name,
      refused.map(({ pair, circle }) => ({
        line: pair.line,
        reason: `with the prerequisites before it, it goes round in a circle: ${circle.join(' → ')}`,
      })),
    );
    for (const row of kept) prerequisites.push({ skill: row.skill, prerequisite: row.prerequisite });
  }
  for (const pair of prerequisites)
    for (const skill of [pair.skill, pair.prerequisite]) if (!names.has(skill)) names.set(skill, skill);
  for (const skill of used) if (!names.has(skill)) names.set(skill, skill);
  return { skills: [...names].map(([id, name]) => ({ id, name })), prerequisites };
}

interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** [rows], line of each in the file. */
  readonly lines: readonly number[];
}

/** A delimited text as it stands. */
function readTable(name: string, bytes: Uint8Array): TextTable {
  const text = decodeText(name, bytes).whole();
  const rows: string[][] = [];
  const lines: number[] = [];
  const reader = new CsvReader(name, detectDelimiter(text), (cells, line) => {
    rows.push(cells);
    lines.push(line);
  });
  reader.push(text);
  reader.end();
  return { header: rows[0] ?? [], rows: rows.slice(1), lines: lines.slice(1) };
}

export interface AskedQuestion extends QuestionReference {
  readonly student: string;
  /** The row as it stood in the file. */
  readonly cells: readonly string[];
}

/** Questions to be forecast: `student,order,item,skill`, kept in order and as they are. */
export function readQuestions(typed: string): {
  readonly header: readonly string[];
  readonly questions: readonly AskedQuestion[];
} {
  const { name, bytes } = readTyped(typed);
  const table = readTable(name, bytes);
  const header = table.header.map((word) => word.trim().toLowerCase());
  const [student, item, skill] = ['student', 'item', 'skill'].map((column) => {
    const index = header.indexOf(column);
    if (index < 0)
      throw new PathlightError(
        'missing-column',
        `${name}, line 1: the column "${column}" is missing (found: ${table.header.join(', ')}); questions need student,order,item,skill.`,
        { file: name, column },
      );
    return index;
  }) as [number, number, number];
  return {
    header: table.header,
    questions: table.rows.map((cells, index) => {
      const id = cells[student] ?? '';
      if (id === '')
        throw new PathlightError('missing-value', `${name}, line ${table.lines[index]}: student is empty.`, {
          file: name,
          line: table.lines[index]!,
        });
      const asked = cells[item] ?? '';
      return {
        student: id,
        question: asked === '' ? undefined : asked,
        skills: (cells[skill] ?? '')
          .split('~')
          .filter((each) => each !== '')
          .sort(),
        cells,
      };
    }),
  };
}

/** Goals by student: `student,skill`. */
export function readGoals(typed: string): Map<string, string[]> {
  const { name, bytes } = readTyped(typed);
  const table = readTable(name, bytes);
  const header = table.header.map((word) => word.trim().toLowerCase());
  const student = header.indexOf('student');
  const skill = header.indexOf('skill');
  if (student < 0 || skill < 0)
    throw new PathlightError(
      'missing-column',
      `${name}, line 1: a goals file needs the columns student,skill (found: ${table.header.join(', ')}).`,
      { file: name },
    );
  const goals = new Map<string, string[]>();
  for (const cells of table.rows)
    goals.set(cells[student] ?? '', [
      ...(goals.get(cells[student] ?? '') ?? []),
      ...(cells[skill] ?? '').split('~').filter((each) => each !== ''),
    ]);
  return goals;
}
