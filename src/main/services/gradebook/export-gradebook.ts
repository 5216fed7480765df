import type { Grid } from '../../database/grid.ts';
import type { ExportKind } from '../../../shared/contract/gradebook.ts';
import { gridToCsv, gridToWorkbook } from './export-grid.ts';
import { toOneRoster } from './export-oneroster.ts';
import { answersToCsv, itemSkillsToCsv, questionsToCsv, rosterToCsv } from './export-own.ts';
import { fileName } from '../file-name.ts';

export interface ExportedFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

const CSV = 'text/csv; charset=utf-8';
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WORDS: Readonly<Record<ExportKind, readonly [name: string, ending: string, mime: string]>> = {
  'grid-csv': ['gradebook', 'csv', CSV],
  'grid-xlsx': ['gradebook', 'xlsx', WORKBOOK],
  'oneroster-1.1': ['oneroster 1.1', 'zip', 'application/zip'],
  'oneroster-1.2': ['oneroster 1.2', 'zip', 'application/zip'],
  responses: ['answers', 'csv', CSV],
  'question-skills': ['skills of questions', 'csv', CSV],
  questions: ['questions', 'csv', CSV],
  roster: ['roster', 'csv', CSV],
};

/**
 * What a class holds as a file that imports again: students, marks, answers, and which skills questions and assignments ask.
 * @param classId null: everyone
 * @param at milliseconds since 1970 UTC
 */
export async function exportGradebook(
  grid: Pick<Grid, 'content' | 'eachAnswer' | 'items'>,
  kind: ExportKind,
  classId: string | null,
  at: number,
): Promise<ExportedFile> {
  const [what, ending, mime] = WORDS[kind];
  const name = `${fileName([classId, what].filter((part) => part !== null).join(' '))}.${ending}`;
  const make = {
    'grid-csv': () => gridToCsv(grid.content(classId)),
    'grid-xlsx': () => gridToWorkbook(grid.content(classId)),
    'oneroster-1.1': () => toOneRoster(grid.content(classId), '1.1', at),
    'oneroster-1.2': () => toOneRoster(grid.content(classId), '1.2', at),
    responses: () => answersToCsv((visit) => grid.eachAnswer(classId, visit)),
    'question-skills': () => itemSkillsToCsv(grid.items()),
    questions: () => questionsToCsv(grid.items()),
    roster: () => rosterToCsv(grid.content(classId)),
  }[kind];
  return { name, mime, bytes: await make() };
}
