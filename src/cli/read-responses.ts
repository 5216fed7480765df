import type { CourseMap, QuestionReference, ResponseEvent, ResponseSequence } from '../shared/domain.ts';
import { PathlightError } from '../shared/errors.ts';
import { separateCircles } from '../learning/planning/skill-graph.ts';
import type { ResponseRow } from '../main/database/import-rows.ts';
import { readImportFile } from '../main/services/importing/read-file.ts';
import { parseTable } from '../main/services/importing/table.ts';
import { decodeText } from '../main/services/importing/text.ts';
import { readTyped } from './paths.ts';

const SHOWN = 10;

/** Says on the error stream which rows were left out; the work goes on with the others. */
function reportRefused(file: string, refused: readonly { readonly line: number; readonly reason: string }[]): void {
  for (const row of refused.slice(0, SHOWN)) console.error(`${file}, line ${row.line}: refused, ${row.reason}.`);
  if (refused.length > SHOWN) console.error(`${file}: ${refused.length - SHOWN} more rows were refused.`);
}

/** Answers of all files, students in the order of their first row, each one's answers by `order`. */
export function readResponses(files: readonly string[]): ResponseSequence[] {
  const byStudent = new Map<string, ResponseRow[]>();
  for (const typed of files) {
    const { name, bytes } = readTyped(typed);
    const { content } = readImportFile(name, bytes);
    if (content.format !== 'pathlight-responses')
      throw new PathlightError(
        'not-answers',
        `${name} is no answers file (it looks like ${content.format}). Answers have student,order,item,skill,correct.`,
        { file: name },
      );
    reportRefused(name, content.refused);
    for (const row of content.rows) {
      const rows = byStudent.get(row.student);
      if (rows) rows.push(row);
      else byStudent.set(row.student, [row]);
    }
  }
  return [...byStudent].map(([student, rows]) => ({
    student,
    responses: rows
      .sort((a, b) => a.order - b.order)
      .map((row): ResponseEvent => ({
        order: row.order,
        question: row.question,
        skills: row.skills,
        correct: row.correct,
        ...(row.timestamp === null ? {} : { timestamp: row.timestamp }),
      })),
  }));
}

/** Names and prerequisites of skills; skills that only the prerequisites name are added. */
export function readCourseMap(
  skillsFile: string | undefined,
  prerequisitesFile: string | undefined,
  used: Iterable<string>,
): CourseMap {
  const names = new Map<string, string>();
  if (skillsFile) {
    const { name, bytes } = readTyped(skillsFile);
    const { content } = readImportFile(name, bytes);
    if (content.format !== 'pathlight-skills')
      throw new PathlightError('not-skills', `${name} is no list of skills. It needs the columns skill,name.`, { file: name });
    reportRefused(name, content.refused);
    for (const row of content.rows) names.set(row.skill, row.name);
  }
  const prerequisites: { skill: string; prerequisite: string }[] = [];
  if (prerequisitesFile) {
    const { name, bytes } = readTyped(prerequisitesFile);
    const { content } = readImportFile(name, bytes);
    if (content.format !== 'pathlight-prerequisites')
      throw new PathlightError(
        'not-prerequisites',
        `${name} is no list of prerequisites. It needs the columns skill,prerequisite.`,
        { file: name },
      );
    reportRefused(name, content.refused);
    const { kept, refused } = separateCircles(content.rows);
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
  const table = parseTable(name, decodeText(name, bytes).text);
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
  const table = parseTable(name, decodeText(name, bytes).text);
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
