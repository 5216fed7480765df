import type { ContentBuilder } from '../content.ts';
import type { Parcel, Sheet, SourceRow } from '../source/parcel.ts';
import { plain, words } from '../values.ts';
import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { holdsMarks, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { personColumns, personCount } from './people.ts';
import type { PersonColumns } from './people.ts';

/*
 * Moodle's grade export (grade/export/lib.php): profile fields, then a column for each grade item and display type, each maybe followed
 * by its feedback, and at the end the time of the download in epoch seconds, which an import back into Moodle reads. All header words
 * are in the site's language, so the shape counts as much as the words.
 */
const DOWNLOADED =
  /last downloaded from this course|zuletzt aus diesem kurs (herunter)?geladen|última descarga (de|desde) este curso|dernier téléchargement depuis ce cours|último download|(上次|最后).*(下载)|最近从此课程下载/;
const TOTAL =
  /(course|category|kurs|kategorie|curso|categor[ií]a|cours|catégorie) (total|gesamt)|(total|summe|gesamtsumme) (del|de la|du|des|de|für) (curso|categoría|cours|kurs|la catégorie)|^(course total|kurs gesamt|kursgesamt|total du cours|total del curso)|gesamtbewertung|课程总(计|分)|类别总(计|分)|小计/;
const DISPLAY =
  /\s*\((real|points?|punkte|reell|puntuación|real\/absoluto|note|brut|实数|实际分数|分数|percentage|prozentsatz|prozent|porcentaje|pourcentage|百分比|letter|buchstabe|letra|lettre|等级|字母)\)$/;
const PERCENT = /\((percentage|prozentsatz|prozent|porcentaje|pourcentage|百分比)\)$/;
const LETTER = /\((letter|buchstabe|letra|lettre|等级|字母)\)$/;
const FEEDBACK = /\((feedback|rückmeldung|retroalimentación|comentarios?|反馈)\)$|^feedback:/;

export const moodleGrades: Format = {
  name: 'moodle-grades',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const person = personColumns(header);
        if (personCount(person) < 2) return undefined;
        const last = header.plain.length - 1;
        const downloaded = DOWNLOADED.test(header.plain[last] ?? '') || isEpoch(sheet, header, last);
        const displayed = header.plain.filter((name) => DISPLAY.test(name)).length;
        if (!downloaded && displayed === 0) return undefined;
        const certainty = downloaded ? 0.97 : person.email >= 0 || person.id >= 0 ? 0.8 : 0.6;
        const meanings = meaningsOf({
          given_name: person.given,
          family_name: person.family,
          student: person.id,
          email: person.email,
          login: person.username,
        });
        for (const index of itemColumns(sheet, header, person, downloaded ? last : -1)) meanings.set(index, 'mark');
        return { certainty, meanings };
      },
      'moodle-grades',
      'moodle-grades',
    ),

  read(_parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
    const person = personColumns(header);
    const columns: MarkColumn[] = [];
    recognition.meanings.forEach((meaning, index) => {
      if (meaning !== 'mark') return;
      const cell = words(recognition.header.cells[index] ?? '');
      const title = titleOf(cell);
      const possible = PERCENT.test(plain(cell)) ? 100 : null;
      columns.push({ index, title, possible, assignment: into.assignment({ sourceId: '', title, possible, dueAt: null }) });
    });
    ignoreRest(recognition.header, recognition.meanings, into, (index) => {
      const name = header.plain[index]!;
      if (TOTAL.test(name)) return 'total';
      if (FEEDBACK.test(name)) return 'feedback';
      return DISPLAY.test(name) ? 'shown-twice' : 'unused';
    });
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const student = moodleStudent(into, cells, line, person);
        readMarks(into, cells, line, student, columns, decimal);
      });
    });
  },
};

/** Who a row of Moodle's is about; by name where a site exports nothing better. */
export function moodleStudent(
  into: ContentBuilder,
  cells: readonly string[],
  line: number,
  person: PersonColumns,
  more: { className?: string } = {},
): number {
  const at = (index: number): string => words(cellAt(cells, index));
  const [givenName, familyName] = [at(person.given), at(person.family)];
  const name = `${givenName} ${familyName}`.trim();
  const [id, email, username] = [at(person.id), at(person.email).toLowerCase(), at(person.username)];
  return into.student(
    line,
    [
      { kind: 'id', value: id },
      { kind: 'email', value: email },
      { kind: 'login', value: username.toLowerCase() },
      { kind: 'name', value: id === '' && email === '' && username === '' ? name : '' },
    ],
    { givenName, familyName, ...more },
  );
}

const titleOf = (cell: string): string =>
  cell.replace(/\s*\([^()]*\)$/, (display) => (DISPLAY.test(plain(` ${display.trim()}`)) ? '' : display)).trim();

function column(sheet: Sheet, header: Header, index: number): string[] {
  const start = sheet.head.findIndex((row: SourceRow) => row.cells === header.cells);
  return sheet.head.slice(start + 1).map((row) => row.cells[index] ?? '');
}

function isEpoch(sheet: Sheet, header: Header, index: number): boolean {
  const cells = column(sheet, header, index).filter((cell) => cell !== '');
  return index > 1 && cells.length > 0 && cells.every((cell) => /^1\d{9}$/.test(cell));
}

/** Columns of marks: one for each item, in percent where Moodle gives that, for then the maximum is known. */
function itemColumns(sheet: Sheet, header: Header, person: PersonColumns, last: number): number[] {
  const decimal = decimalOf(sheet);
  const people: number[] = Object.values(person);
  const first = Math.max(...people) + 1;
  const chosen = new Map<string, number>();
  header.plain.forEach((name, index) => {
    if (index < first || index === last || name === '' || TOTAL.test(name) || LETTER.test(name) || FEEDBACK.test(name)) return;
    if (
      /^(institution|department|abteilung|institución|departamento|département|groups?|gruppen?|suspended|机构|院系|部门)$/.test(
        name,
      )
    )
      return;
    if (!DISPLAY.test(name) && !holdsMarks(column(sheet, header, index), decimal)) return;
    const title = titleOf(header.cells[index]!);
    const known = chosen.get(title);
    if (known === undefined || (PERCENT.test(name) && !PERCENT.test(header.plain[known]!))) chosen.set(title, index);
  });
  return [...chosen.values()];
}
