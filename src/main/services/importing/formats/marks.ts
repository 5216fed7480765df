import type { MarkStatus } from '../../../database/import-rows.ts';
import { Refusal } from '../content.ts';
import type { ContentBuilder } from '../content.ts';
import type { DecimalSign } from '../values.ts';
import { parseNumber, shown } from '../values.ts';

/** A column of marks in a table with a row a student. */
export interface MarkColumn {
  readonly index: number;
  /** Index among the content's assignments. */
  readonly assignment: number;
  readonly title: string;
  /** Null where it is not known; shares and percentages then have no meaning. */
  readonly possible: number | null;
}

/**
 * Adds a column of marks and its assignment. Where nothing can be had it is named as left out: an attendance or a survey tells nothing about skills.
 * @param said points that can be had; not above 0 where they are not known
 * @param heading what the teacher knows the column by
 */
export function addMarkColumn(
  into: ContentBuilder,
  columns: MarkColumn[],
  column: {
    readonly index: number;
    readonly sourceId: string;
    readonly title: string;
    readonly said: number;
    readonly heading: string;
    readonly guessed?: boolean;
    readonly dueAt?: number | null;
    readonly skills?: readonly string[];
  },
): void {
  const { index, sourceId, title, said, heading, guessed = false, dueAt = null, skills = [] } = column;
  if (said === 0) return into.ignore(heading, 'no-points');
  const possible = said > 0 ? said : null;
  columns.push({ index, title, possible, assignment: into.assignment({ sourceId, title, possible, guessed, dueAt, skills }) });
}

export interface ReadMark {
  readonly points: number | null;
  readonly status: MarkStatus;
}

const EXCUSED = /^(ex|exc|excused|exempt(ed)?|befreit|entschuldigt|exento|dispensado|dispensé|免修|免交|免考|豁免)$/i;
const MISSING =
  /^(missing|mi|m|not submitted|not attempted|absent|abs\.?|ab|ausente|abwesend|fehlt|faltante|manquant|assente|afwezig|缺考|缺席|未考|未参加|欠席|缺交|未交|н|нб|н\/б)$/iu;
/** Nothing has been said about this piece of work yet. */
const EMPTY =
  /^(|-|–|—|--?\s*\/\s*[\d.,]+|n\/?a|null|in progress|needs grading|requires grading|not yet graded|ungraded|pending|incomplete grade|submitted|\(?no submission\)?|bewertung notwendig|nicht bewertet|sin calificar|requiere calificación|nécessite évaluation|需要评分|未评分)$/i;

/**
 * What a cell says of a mark; undefined where it says nothing.
 * @throws Refusal `bad-mark` where it cannot be read
 */
export function readMark(cell: string, possible: number | null, decimal: DecimalSign, column: string): ReadMark | undefined {
  const text = cell.trim();
  if (EMPTY.test(text)) return undefined;
  if (EXCUSED.test(text)) return { points: null, status: 'excused' };
  if (MISSING.test(text)) return { points: null, status: 'missing' };
  if (text.length > 100) throw badMark(text, column);
  const late = /^(.*?)\s*(\(?(late|verspätet|tard[ée]|en retard|迟交)\)?)$/i.exec(text);
  const body = late && late[1] !== '' ? late[1]! : text;
  const status: MarkStatus = late ? 'late' : 'scored';
  const share = /^(-?[\d.,]+)\s*\/\s*([\d.,]+)$/.exec(body);
  if (share) {
    const [got, of] = [parseNumber(share[1]!, decimal), parseNumber(share[2]!, decimal)];
    if (Number.isFinite(got) && of > 0) return { points: possible === null ? got : (got / of) * possible, status };
  }
  const percent = /^(-?[\d.,\s]+)%$/.exec(body);
  if (percent) {
    const value = parseNumber(percent[1]!, decimal);
    if (Number.isFinite(value)) return { points: ((possible ?? 100) * value) / 100, status };
  }
  // Blackboard puts the marks given so far behind the words.
  const soFar = /^(?:needs grading|in progress)\s*\(?[\d.,]*\)?$/i.exec(body);
  if (soFar) return undefined;
  const number = parseNumber(body, decimal);
  if (Number.isFinite(number)) return { points: number, status };
  if (/^(complete|completed|pass|passed)$/i.test(body)) return { points: possible ?? 1, status };
  if (/^(incomplete|fail|failed)$/i.test(body)) return { points: 0, status };
  throw badMark(text, column);
}

const badMark = (text: string, column: string): Refusal =>
  new Refusal('bad-mark', `"${shown(text)}" in the column ${shown(column)} is not a mark`, {
    column: shown(column),
    value: shown(text),
  });

/** Reads the marks of one student's row; a cell that cannot be read is refused by itself. */
export function readMarks(
  into: ContentBuilder,
  cells: readonly string[],
  line: number,
  student: number,
  columns: readonly MarkColumn[],
  decimal: DecimalSign,
): void {
  for (const column of columns)
    into.row(line, () => {
      const mark = readMark(cells[column.index] ?? '', column.possible, decimal, column.title);
      if (mark) into.mark(line, student, column.assignment, mark.points, mark.status);
    });
}

/** Whether a column holds marks at all, judged by its cells: at least half of those that say something are numbers. */
export function holdsMarks(cells: readonly string[], decimal: DecimalSign): boolean {
  let numbers = 0;
  let others = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (EMPTY.test(text) || EXCUSED.test(text) || MISSING.test(text)) continue;
    const body = text.replace(/\s*%$/, '').replace(/\s*\/\s*[\d.,]+$/, '');
    if (Number.isFinite(parseNumber(body, decimal))) numbers++;
    else others++;
  }
  return numbers > 0 && numbers >= others;
}

const MAXIMUM =
  /^(.*?)\s*(?:[([（【]\s*(?:(?:out of|max(?:imum)?\.?(?: points| pts| score)?|满分|滿分|总分|總分|共)\s*[:：]?)?\s*([\d.,]+)\s*(?:p|pts?|points?|punkte|pkt|puntos|分)?\.?\s*[)\]）】]|\/\s*([\d.,]+)|\s-\s+max(?:imum)? points\s*:\s*([\d.,]+))$/i;

/** "Quiz 1 (20 pts)", "Quiz 1 [Max Points: 20]", "Quiz 1 /20", "单元一（满分20分）" → the title and what could be had. */
export function titleParts(cell: string): { title: string; possible: number | null } {
  const parts = MAXIMUM.exec(cell);
  const possible = parts ? parseNumber(parts[2] ?? parts[3] ?? parts[4] ?? '', '.') : Number.NaN;
  if (parts && possible > 0 && parts[1] !== '') return { title: parts[1]!, possible };
  const percent = /^(.*\S)\s*[([（]\s*%\s*[)\]）]$/.exec(cell);
  return percent ? { title: percent[1]!, possible: 100 } : { title: cell, possible: null };
}

/** What could be had, where the marks themselves say it: a hundred below percentages however low they all are, 10 below `8/10`; null else. */
export function saidMaximum(cells: readonly string[], decimal: DecimalSign): number | null {
  const said = cells.filter((cell) => /\d/.test(cell));
  if (said.filter((cell) => cell.trim().endsWith('%')).length * 2 > said.length) return 100;
  const shares = said.map((cell) => /^-?[\d.,]+\s*\/\s*([\d.,]+)$/.exec(cell.trim())?.[1]);
  const [first] = shares;
  const of = first !== undefined && shares.every((each) => each === first) ? parseNumber(first, decimal) : 0;
  return of > 0 ? of : null;
}
