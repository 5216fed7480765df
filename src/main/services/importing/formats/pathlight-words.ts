import { PathlightError } from '../../../../shared/errors.ts';
import type { Parcel, Sheet } from '../source/parcel.ts';
import { plain } from '../values.ts';
import { CLASS, EMAIL, FAMILY, FULL, GIVEN, GRADE, ID_NUMBER } from './people.ts';

/** Header words that mean a column of ours without doubt, in lower case. */
const WORDS: Readonly<Record<string, string>> = {
  学号: 'student',
  学生编号: 'student',
  學號: 'student',
  學生編號: 'student',
  班級: 'class',
  年級: 'grade',
  題目: 'item',
  知識點: 'skill',
  正確: 'correct',
  student_id: 'student',
  schüler: 'student',
  schülernummer: 'student',
  alumno: 'student',
  élève: 'student',
  姓: 'family_name',
  名: 'given_name',
  姓名: 'name',
  name: 'name',
  vorname: 'given_name',
  nachname: 'family_name',
  prénom: 'given_name',
  nombre: 'given_name',
  apellidos: 'family_name',
  first_name: 'given_name',
  last_name: 'family_name',
  班级: 'class',
  klasse: 'class',
  clase: 'class',
  classe: 'class',
  年级: 'grade',
  题目: 'item',
  question: 'item',
  problem: 'item',
  知识点: 'skill',
  正确: 'correct',
  顺序: 'order',
  先修知识点: 'prerequisite',
};

export const RESPONSES = ['student', 'order', 'item', 'skill', 'correct'];
export const PROFILE = /^(background|preference|behaviour)\.(.+)$/;
const ALIASES: readonly (readonly [word: string, names: readonly string[]])[] = [
  ['student', ID_NUMBER],
  ['given_name', GIVEN],
  ['family_name', FAMILY],
  ['name', FULL],
  ['class', CLASS],
  ['grade', GRADE],
  ['email', EMAIL],
];
const KNOWN = ALIASES.map(([word]) => word);
export const ROSTER_HINTS = ['given_name', 'family_name', 'name', 'class', 'grade'];

/** What a header cell means in Pathlight's own files. */
export function meaningOf(word: string): string {
  const text = word.normalize('NFKC').trim().toLowerCase();
  const profile = PROFILE.exec(text.replace(/^behavior\./, 'behaviour.'));
  if (profile) return `${profile[1]}.${profile[2]!.trim()}`;
  const joined = text.replaceAll(/[\s-]+/g, '_');
  return Object.hasOwn(WORDS, joined) ? WORDS[joined]! : joined;
}

/** Meaning → column of a header row; the first of two columns that mean the same. */
export function columnsOf(cells: readonly string[]): { columns: Map<string, number>; twice: string | undefined } {
  const columns = new Map<string, number>();
  let twice: string | undefined;
  cells.map(meaningOf).forEach((word, index) => {
    if (word === '') return;
    if (columns.has(word)) twice ??= cells[index]!;
    else columns.set(word, index);
  });
  return { columns, twice };
}

/**
 * The same for a roster, whose columns may have any name that people's columns have: what our own words leave open is filled by these, the first of
 * each. Beside a number of its own, "student" is a name.
 */
export function rosterColumns(cells: readonly string[]): { columns: Map<string, number>; twice: string | undefined } {
  const names = cells.map(plain);
  const number = names.findIndex((name) => ID_NUMBER.includes(name));
  const asName = (name: string): boolean => number >= 0 && FULL.includes(name) && meaningOf(name) === 'student';
  const own = columnsOf(cells.map((cell, index) => (asName(names[index]!) ? 'name' : cell)));
  const taken = new Set(own.columns.values());
  for (const [word, aliases] of ALIASES) {
    if (own.columns.has(word)) continue;
    const index = names.findIndex((name, at) => aliases.includes(name) && (!taken.has(at) || !KNOWN.includes(meaningOf(name))));
    if (index >= 0) own.columns.set(word, index);
  }
  return own;
}

/** @throws PathlightError `double-column` */
export function refuseDouble(file: string, line: number, twice: string | undefined): void {
  if (twice === undefined) return;
  throw new PathlightError('double-column', `${file}, line ${line}: two columns are called "${twice}". Rename or remove one.`, {
    file,
    column: twice,
  });
}

/** Why a table that nobody recognised was refused, in the words that help most. @throws PathlightError always */
export function explainUnknown({ file, container, sheets }: Parcel, sheet: Sheet | undefined): never {
  if (container === 'json')
    throw new PathlightError('not-a-table', `${file} is JSON of a kind that is not known. Export it as CSV and import that.`, {
      file,
      kind: 'JSON',
    });
  if (sheets.every(({ head }) => head.length === 0))
    throw new PathlightError('empty-file', `${file} is empty. Check the export and import it again.`, { file });
  const header = sheet?.head[0]?.cells ?? [];
  const { columns } = columnsOf(header);
  const has = (word: string): boolean => columns.has(word);
  if (has('student')) {
    const found = RESPONSES.filter(has);
    if (found.length >= 3 || has('correct'))
      throw missingColumn(
        file,
        header,
        RESPONSES.filter((word) => !has(word)),
        'an answers file needs student,order,item,skill,correct',
      );
    throw missingColumn(
      file,
      header,
      ['given_name'],
      'a roster needs student and at least one of given_name, family_name, class, grade',
    );
  }
  if (header.length === 1 && /[:^\s]/.test(header[0] ?? ''))
    throw new PathlightError(
      'wrong-delimiter',
      `${file}, line 1: the columns are not separated by comma, semicolon, tab or bar. Export it as CSV with commas and import that.`,
      { file },
    );
  if (ROSTER_HINTS.filter(has).length >= 2 || (has('item') && has('correct')))
    throw missingColumn(file, header, ['student'], 'each row needs the student’s own id');
  throw new PathlightError(
    'unknown-layout',
    `${file}, line 1: these columns are not known: ${shortHeader(header)}. Say in the app what they mean, or name them: a roster begins with student,given_name,family_name,class; answers with student,order,item,skill,correct.`,
    { file, columns: shortHeader(header) },
  );
}

const shortHeader = (header: readonly string[]): string => {
  const text = header.join(', ');
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
};

function missingColumn(file: string, header: readonly string[], missing: readonly string[], need: string): PathlightError {
  return new PathlightError(
    'missing-column',
    `${file}, line 1: the column ${missing.map((word) => `"${word}"`).join(', ')} is missing (found: ${shortHeader(header)}); ${need}. Add it and import again.`,
    { file, line: 1, column: missing.join(', '), columns: shortHeader(header) },
  );
}
