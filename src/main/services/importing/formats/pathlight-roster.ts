import { Refusal } from '../content.ts';
import type { Sheet } from '../source/parcel.ts';
import { parseNumber, sensitiveKind } from '../values.ts';
import { bodyRows, decimalOf, findHeader, ignoreRest } from './format.ts';
import type { Format, Header } from './format.ts';
import { guessMeanings } from './guess-meanings.ts';
import { PROFILE, refuseDouble, RESPONSES, ROSTER_HINTS, rosterColumns } from './pathlight-words.ts';
import { Row } from './row.ts';
import { isSummaryRow } from './summary-rows.ts';

/** "Quiz 1 (10 pts)", "Quiz 1 /10" */
const POINTS = /[([]\s*(out of\s*)?[\d.,]+\s*(p|pts?|points?|punkte|puntos|分)\.?\s*[)\]]$|\S\s*\/\s*\d+$/i;

/** The words of our own roster, to the letter: then "grade" is the year, whatever numbers stand below it. */
const isOurs = (header: Header): boolean =>
  ['student', 'given_name', 'family_name'].every((word) => header.cells.includes(word)) &&
  header.cells.every(
    (cell) => cell === '' || cell === 'student' || cell === 'email' || ROSTER_HINTS.includes(cell) || PROFILE.test(cell),
  );

function holdsWork(header: Header, sheet: Sheet): boolean {
  const meanings = [...(guessMeanings(header, sheet)?.values() ?? [])];
  return ['mark', 'points', 'correct', 'answer'].some((meaning) => meanings.includes(meaning));
}

/** Pathlight's own roster: `student,given_name,family_name,class,grade` and `background.*`, `preference.*`, `behaviour.*`. */
export const pathlightRoster: Format = {
  name: 'pathlight-roster',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const { columns } = rosterColumns(header.cells);
        if (!columns.has('student') || columns.has('correct')) return undefined;
        if (RESPONSES.filter((word) => columns.has(word)).length >= 3) return undefined;
        // Points in a column's name say that it holds marks, which no roster has.
        if (header.cells.some((cell) => POINTS.test(cell))) return undefined;
        const profile = [...columns.keys()].filter((word) => PROFILE.test(word));
        const hints = ROSTER_HINTS.filter((word) => columns.has(word));
        if (hints.length === 0 && profile.length === 0) return undefined;
        const known = ['student', 'email', ...hints, ...profile];
        // Nor has it a column of numbers for each piece of work, or a row for each.
        if (profile.length === 0 && !isOurs(header) && holdsWork(header, sheet)) return undefined;
        const share = known.length / Math.max(1, header.cells.filter((cell) => cell !== '').length);
        return {
          certainty: Math.min(0.95, 0.5 + 0.1 * hints.length + 0.2 * (profile.length > 0 ? 1 : 0) + 0.2 * share),
          meanings: new Map(
            known.flatMap((word) => {
              const index = columns.get(word);
              return index === undefined || (PROFILE.test(word) && sensitiveKind(word) !== undefined)
                ? []
                : [[index, word] as [number, string]];
            }),
          ),
        };
      },
      'pathlight-roster',
      'pathlight-roster',
    ),

  read(parcel, recognition, into) {
    const { columns, twice } = rosterColumns(recognition.header.cells);
    refuseDouble(parcel.file, recognition.header.line, twice);
    ignoreRest(recognition.header, recognition.meanings, into);
    const decimal = decimalOf(recognition.sheet);
    const row = new Row(columns, decimal, recognition.header.cells.length);
    const profile = [...columns.keys()].filter((word) => PROFILE.test(word) && sensitiveKind(word) === undefined);
    bodyRows(recognition, (cells, line) => {
      if (isSummaryRow(cells, [columns.get('student')!])) return into.count('average-rows', 'rows');
      into.row(line, () => {
        row.at(cells);
        const key = { kind: 'id' as const, value: row.id('student') };
        const first = into.lineOf(key);
        if (first !== undefined)
          throw new Refusal('duplicate-student', `the student of this row stands on line ${first} already`, { first });
        into.student(line, [key, { kind: 'email', value: row.words('email').toLowerCase() }], {
          givenName: row.words('given_name') || row.words('name'),
          familyName: row.words('family_name'),
          className: row.words('class'),
          grade: row.words('grade'),
          profile: profile.flatMap((column) => {
            const value = row.words(column);
            if (value === '') return [];
            const [area, ...rest] = column.split('.');
            const number = parseNumber(value, decimal);
            return [{ area: area!, field: rest.join('.'), value: Number.isNaN(number) || /^0\d/.test(value) ? value : number }];
          }),
        });
      });
    });
  },
};
