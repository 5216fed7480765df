import type { Sheet, SourceRow } from '../source/parcel.ts';
import { plain, words } from '../values.ts';
import type { Header } from './format.ts';
import { titleParts } from './marks.ts';
import { saysRightOrWrong } from './verdict.ts';

/** "Q1", "Question 3", "7", "第2题": which question that is, the test's name must say. */
const NUMBER_ONLY = /^(q|question|item|problem|frage|aufgabe|pregunta|exercice|nr|no|第|题|問)?[ .#_-]*\d{1,3}(题|題|問)?$/;
/** What a column is called that has the result of the one piece of work that the file is about. */
const RESULT_ONLY =
  /^((total|final|overall|quiz|test) )?(%|percent(age)?|prozent|accuracy|scores?|results?|marks?|points|punkte|puntos|note|grade|成绩|得分|分数|正确率)( ?\(.*\))?$/;
export const isResult = (name: string): boolean => RESULT_ONLY.test(name);
const KEY = /^((answer )?key|correct( answers?)?|lösung(en|sschlüssel)?|clave( de respuestas)?|corrigé|(标准|正确|参考)?答案)$/;

/** Whether a column says of each student in words or ticks whether one question was right. */
export function holdsVerdicts(cells: readonly string[]): boolean {
  const said = cells.filter((cell) => cell !== '' && cell !== '-');
  return said.length > 0 && said.every(saysRightOrWrong);
}

/** Whether a column below a question's number says what share of it was right: its name says how much could be had. */
export const isPartOfTest = (heading: string): boolean => {
  const { title, possible } = titleParts(words(heading));
  return possible !== null && NUMBER_ONLY.test(plain(title));
};

/** The columns of questions that are 1 or 0 for each student; none where one of the numbered columns holds anything else. */
export function zeroOneColumns(header: Header, cellsOf: (index: number) => readonly string[]): readonly number[] {
  const numbered = header.plain.flatMap((name, index) => (NUMBER_ONLY.test(name) ? [index] : []));
  return numbered.every((index) => cellsOf(index).every((cell) => ['', '-', '0', '1'].includes(cell))) ? numbered : [];
}

/** The row of right answers that stands among the students of an item analysis. */
export const keyRowOf = (rows: readonly SourceRow[]): SourceRow | undefined =>
  rows.slice(0, 6).find(({ cells }) => cells.slice(0, 3).some((cell) => KEY.test(plain(cell))));

/** Whether a column holds answers that the key can be held against: a letter, or a few characters. */
export const isKeyed = (key: SourceRow | undefined, index: number): boolean => {
  const cell = key?.cells[index] ?? '';
  return cell !== '' && cell.length <= 12 && !KEY.test(plain(cell));
};

/**
 * A name of its own for each column of work: below a merged heading, its heading; a number or a mere "score", the test's name; of two that are still
 * called the same, the second.
 */
export function titlesOf(sheet: Sheet, header: SourceRow, indexes: readonly number[], test: string): Map<number, string> {
  const above = sheet.head.findLast(({ line }) => line < header.line)?.cells ?? [];
  const own = indexes.map((index) => words(header.cells[index] ?? ''));
  const titles = own.map((title, at) => {
    if (NUMBER_ONLY.test(plain(titleParts(title).title))) return `${test}: ${title}`;
    if (indexes.length === 1 && isResult(plain(title))) return test;
    if (own.indexOf(title) === own.lastIndexOf(title)) return title;
    const heading = above.slice(0, indexes[at]! + 1).findLast((cell) => cell !== '');
    return heading === undefined || above.filter((cell) => cell !== '').length < 2 ? title : `${words(heading)}: ${title}`;
  });
  const seen = new Map<string, number>();
  return new Map(
    titles.map((title, at): [number, string] => {
      const times = (seen.get(title) ?? 0) + 1;
      seen.set(title, times);
      return [indexes[at]!, times === 1 ? title : `${title} #${times}`];
    }),
  );
}
