import type { ContentBuilder } from '../content.ts';
import type { Sheet, SourceRow } from '../source/parcel.ts';
import { parseNumber, plain, words } from '../values.ts';
import { cellAt, Header } from './format.ts';

/*
 * A Kahoot report whose raw data are missing has the same answers on a sheet for each question: its number and text, "Correct answers", a summary, and
 * below "Answer Details" a row for each player: Players, Answer (a tick or a cross beside it), Score (points), Current Total Score (points), Answer
 * time (seconds).
 */
/** How the column of players is called. */
export const PLAYER = ['player', 'players', 'nickname'];
/** How the column of a player's seconds is called. */
export const TIME = ['answer time (seconds)', 'time (seconds)', 'response time (seconds)'];
/** "1 Quiz", "2 True or False", "Question 3" */
const NUMBERED = /^(?:question )?(\d{1,3})(?:[ .:].*)?$/;
const RIGHT = /^[✓✔☑✅√]/u;
const WRONG = /^[✗✘✖☒❌×]/u;

export interface QuestionSheet {
  readonly sheet: Sheet;
  readonly header: SourceRow;
  readonly number: number;
  readonly question: string;
  /** Empty for polls and slides. */
  readonly right: readonly string[];
}

/** The sheets of single questions, in their order. */
export function questionSheets(sheets: readonly Sheet[]): QuestionSheet[] {
  return sheets.flatMap((sheet) => {
    const header = sheet.head.find(({ cells }) => {
      const names = new Header(cells);
      return names.find(...PLAYER) >= 0 && names.has('answer') && names.find('score (points)', ...TIME) >= 0;
    });
    if (!header || new Header(header.cells).has('question')) return [];
    const above = sheet.head.filter(({ line }) => line < header.line);
    const titled = above.find(({ cells }) => NUMBERED.test(plain(cells[0] ?? '')) && cells.slice(1).some((cell) => cell !== ''));
    const number = Number(NUMBERED.exec(plain(titled?.cells[0] ?? sheet.name))?.[1] ?? Number.NaN);
    if (!Number.isFinite(number)) return [];
    const answers = above.find(({ cells }) => /^correct answers?$/.test(plain(cells[0] ?? '')));
    return [
      {
        sheet,
        header,
        number,
        question: words(titled?.cells.slice(1).find((cell) => cell !== '') ?? ''),
        right: (answers?.cells.slice(1) ?? []).filter((cell) => cell !== '').map(plain),
      },
    ];
  });
}

export interface PlayedAnswer {
  readonly line: number;
  readonly nickname: string;
  readonly correct: number;
  /** NaN where nothing was answered. */
  readonly seconds: number;
}

/** What each player answered to one question. */
export function readQuestionSheet(
  { sheet, header, right }: QuestionSheet,
  into: ContentBuilder,
  visit: (answer: PlayedAnswer) => void,
): void {
  const names = new Header(header.cells);
  const [player, answer, score, time] = [
    names.find(...PLAYER),
    names.find('answer'),
    names.find('score (points)'),
    names.find(...TIME),
  ];
  sheet.rows((cells, line) => {
    if (line <= header.line) return;
    const nickname = words(cellAt(cells, player));
    if (nickname === '') return;
    if (right.length === 0) return into.count('polls', 'rows');
    // The tick stands before the answer or beside it, below one heading.
    const said = cells
      .slice(answer, score > answer ? score : answer + 2)
      .map((cell) => words(cell))
      .filter((cell) => cell !== '');
    const tick = said.find((cell) => RIGHT.test(cell) || WRONG.test(cell));
    const text = plain(said.filter((cell) => cell !== tick).join(' '));
    const points = parseNumber(cellAt(cells, score), '.');
    const correct =
      tick !== undefined ? RIGHT.test(tick) : points > 0 || (text !== '' && (right.includes(text) || right.join(', ') === text));
    const seconds = parseNumber(cellAt(cells, time), '.');
    visit({ line, nickname, correct: correct ? 1 : 0, seconds: text === '' ? Number.NaN : seconds });
  });
}
