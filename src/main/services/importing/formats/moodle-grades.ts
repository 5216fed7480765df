import type { ContentBuilder } from '../content.ts';
import type { Parcel, Sheet } from '../source/parcel.ts';
import { plain, words } from '../values.ts';
import { bodyRows, cellAt, columnOf, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { holdsMarks, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { FAMILY, GIVEN, personColumns, personCount } from './people.ts';
import type { PersonColumns } from './people.ts';
import { isSummaryRow } from './summary-rows.ts';

/*
 * Moodle's grade export (grade/export/lib.php): profile fields, then a column for each grade item and display type, each maybe followed
 * by its feedback, and at the end the time of the download in epoch seconds, which an import back into Moodle reads. All header words
 * are in the site's language, so the shape counts as much as the words.
 */
const DOWNLOADED =
  /last downloaded from this course|zuletzt aus diesem kurs (herunter)?geladen|última descarga (de|desde) este curso|dernier téléchargement depuis ce cours|último download|(上次|最后).*(下载)|最近从此课程下载/;
/** In a title that no activity's kind stands before: "Course total", "Kurs gesamt", "课程总分". */
const TOTAL =
  /(^|[\s(])(totals?|totale|totaal|totalt|totaux|gesamt|summe|suma|sum|итог\S*|celkem|yhteensä|ukupno|toplam\S*|مجموع\S*)($|[\s)])|kursgesamt|cursustotaal|gesamt(summe|bewertung)|总(计|分)|小计|總(計|分)|合計|小計|합계|총점/;
/** "Quiz: Week 1", "测验：第一章": the kind of activity before its name. */
const ACTIVITY = /^[^:：]{2,40}[:：]\s*\S/;
const KINDS =
  /^(quiz|assignment|lesson|workshop|forum|scorm package|h5p|test|aufgabe|lektion|tarea|cuestionario|devoir|tâche|compito|opdracht|zadanie|задание|тест|测验|作业) ?[:：]/;
const PERCENT_WORDS =
  'percentage|prozentsatz|prozent|porcentaje|pourcentage|porcentagem|percentuale|procent|проценты|yüzde|パーセンテージ|百分比|백분율';
const LETTER_WORDS = 'letter|buchstabe|letra|lettre|lettera|litera|буква|harf|評定|等级|字母';
const DISPLAY = new RegExp(
  `\\s*\\((real|points?|punkte|reell|puntuación|real/absoluto|note|brut|punteggio|werkelijk|punkty|rzeczywista|значение|gerçek|حقيقي|実データ|实数|实际分数|分数|${PERCENT_WORDS}|${LETTER_WORDS})\\)$`,
);
const PERCENT = new RegExp(`\\((${PERCENT_WORDS})\\)$`);
const LETTER = new RegExp(`\\((${LETTER_WORDS})\\)$`);
const FEEDBACK = /\((feedback|rückmeldung|retroalimentación|comentarios?|反馈)\)$|^feedback:/;
const OTHERS =
  /^(institution|department|abteilung|institución|departamento|département|groups?|gruppen?|suspended|机构|院系|部门)$/;

export const moodleGrades: Format = {
  name: 'moodle-grades',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const last = lastNamed(header);
        const downloaded = DOWNLOADED.test(header.plain[last] ?? '') || isEpoch(sheet, header, last);
        const person = moodlePerson(header, sheet, downloaded);
        if (personCount(person) < 2) return undefined;
        const displayed = header.plain.filter((name) => DISPLAY.test(name)).length;
        // Without both, the profile fields that Moodle writes by itself and the kinds of activities before their names.
        const shaped =
          header.plain.some((name) => OTHERS.test(name)) && header.plain.filter((name) => KINDS.test(name)).length > 0;
        if (!downloaded && displayed === 0 && !shaped) return undefined;
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
    const person = moodlePerson(header, recognition.sheet, true);
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
      if (isTotal(name)) return 'total';
      if (FEEDBACK.test(name)) return 'feedback';
      return DISPLAY.test(name) ? 'shown-twice' : 'unused';
    });
    bodyRows(recognition, (cells, line) => {
      if (isSummaryRow(cells, [person.id, person.email, person.username])) return into.count('average-rows', 'rows');
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

/** Above the last column that says anything: spreadsheets leave empty ones behind. */
const lastNamed = (header: Header): number => header.plain.findLastIndex((name) => name !== '');

const isTotal = (name: string): boolean => !ACTIVITY.test(name) && TOTAL.test(name);

function isEpoch(sheet: Sheet, header: Header, index: number): boolean {
  const cells = columnOf(sheet, header, index).filter((cell) => cell !== '');
  return index > 1 && cells.length > 0 && cells.every((cell) => /^1\d{9}$/.test(cell));
}

/**
 * Who a row is about: by the words, and in a language whose words are not known by the place, for Moodle writes first name, last name and
 * number in this order before anything else.
 * @param sure whether the file is Moodle's beyond doubt
 */
function moodlePerson(header: Header, sheet: Sheet, sure: boolean): PersonColumns {
  const person = personColumns(header, sheet);
  if (!sure || person.given >= 0 || person.family >= 0) return person;
  const named = [0, 1].every((index) => columnOf(sheet, header, index).some((cell) => /^\P{Nd}+$/u.test(cell)));
  if (!named || person.email <= 1) return person;
  return { ...person, given: 0, family: 1, id: person.id < 0 && person.email > 2 ? 2 : person.id };
}

/** Columns of marks: one for each item, in percent where Moodle gives that, for then the maximum is known. */
function itemColumns(sheet: Sheet, header: Header, person: PersonColumns, last: number): number[] {
  const decimal = decimalOf(sheet);
  const people: number[] = Object.values(person);
  const first = Math.max(...people) + 1;
  const chosen = new Map<string, number>();
  header.plain.forEach((name, index) => {
    if (index < first || index === last || name === '' || isTotal(name) || LETTER.test(name) || FEEDBACK.test(name)) return;
    if (OTHERS.test(name)) return;
    if (!DISPLAY.test(name) && !holdsMarks(columnOf(sheet, header, index), decimal)) return;
    const title = titleOf(header.cells[index]!);
    const known = chosen.get(title);
    if (known === undefined || (PERCENT.test(name) && !PERCENT.test(header.plain[known]!))) chosen.set(title, index);
  });
  const columns = [...chosen.values()];
  // In a language whose words are not known the course's total stands last, and no activity before its name.
  const unknown = header.find(...GIVEN, ...FAMILY) < 0;
  if (unknown && columns.length > 1 && !ACTIVITY.test(header.plain[columns.at(-1)!]!)) columns.pop();
  return columns;
}
