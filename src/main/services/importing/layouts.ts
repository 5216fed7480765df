import { PathlightError } from '../../../shared/errors.ts';
import type { TextTable } from './table.ts';

export type LayoutName = 'pathlight-roster' | 'pathlight-responses' | 'pathlight-skills' | 'pathlight-prerequisites';

/** Which column of the file means what. */
export interface RecognisedLayout {
  readonly format: LayoutName;
  /** Meaning → index of its column. `background.x` and the like stand under their whole name. */
  readonly columns: ReadonlyMap<string, number>;
}

/** Header words that mean a column without doubt, in lower case. */
const WORDS: Readonly<Record<string, string>> = {
  学号: 'student',
  学生编号: 'student',
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
  先修知识点: 'prerequisite',
};

const RESPONSES = ['student', 'order', 'item', 'skill', 'correct'];
const PROFILE = /^(background|preference|behaviour)\.(.+)$/;
const ROSTER_HINTS = ['given_name', 'family_name', 'name', 'class', 'grade'];

const normalise = (word: string): string => {
  const plain = word.normalize('NFKC').trim().toLowerCase();
  const profile = PROFILE.exec(plain.replace(/^behavior\./, 'behaviour.'));
  if (profile) return `${profile[1]}.${profile[2]!.trim()}`;
  const joined = plain.replaceAll(/[\s-]+/g, '_');
  return Object.hasOwn(WORDS, joined) ? WORDS[joined]! : joined;
};

/**
 * Recognises one of Pathlight's own layouts by its header.
 * @throws PathlightError `missing-column`, `wrong-delimiter`, `double-column`, `unknown-layout`, each with what to do
 */
export function recogniseLayout(file: string, table: TextTable): RecognisedLayout {
  const words = table.header.map(normalise);
  const columns = new Map<string, number>();
  words.forEach((word, index) => {
    if (word === '') return;
    if (columns.has(word))
      throw new PathlightError(
        'double-column',
        `${file}, line 1: two columns are called "${table.header[index]}". Rename or remove one.`,
        { file, column: table.header[index] ?? '' },
      );
    columns.set(word, index);
  });
  const has = (word: string): boolean => columns.has(word);
  if (has('skill') && has('prerequisite')) return { format: 'pathlight-prerequisites', columns };
  if (has('student')) {
    const found = RESPONSES.filter(has);
    if (found.length >= 3 || has('correct')) {
      const missing = RESPONSES.filter((word) => !has(word));
      if (missing.length === 0) return { format: 'pathlight-responses', columns };
      throw missingColumn(file, table, missing, 'an answers file needs student,order,item,skill,correct');
    }
    if (ROSTER_HINTS.some(has) || words.some((word) => PROFILE.test(word))) return { format: 'pathlight-roster', columns };
    throw missingColumn(
      file,
      table,
      ['given_name'],
      'a roster needs student and at least one of given_name, family_name, class, grade',
    );
  }
  if (has('skill') && has('name')) return { format: 'pathlight-skills', columns };
  if (table.header.length === 1 && /[|:^\s]/.test(table.header[0] ?? ''))
    throw new PathlightError(
      'wrong-delimiter',
      `${file}, line 1: the columns are not separated by comma, semicolon or tab. Export it as CSV with commas and import that.`,
      { file },
    );
  if (ROSTER_HINTS.filter(has).length >= 2 || (has('item') && has('correct')))
    throw missingColumn(file, table, ['student'], 'each row needs the student’s own id');
  throw new PathlightError(
    'unknown-layout',
    `${file}, line 1: these columns are not known: ${shortHeader(table)}. A roster begins with student,given_name,family_name,class; answers with student,order,item,skill,correct.`,
    { file, columns: shortHeader(table) },
  );
}

const shortHeader = (table: TextTable): string => {
  const text = table.header.join(', ');
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
};

function missingColumn(file: string, table: TextTable, missing: readonly string[], need: string): PathlightError {
  return new PathlightError(
    'missing-column',
    `${file}, line 1: the column ${missing.map((word) => `"${word}"`).join(', ')} is missing (found: ${shortHeader(table)}); ${need}. Add it and import again.`,
    { file, line: 1, column: missing.join(', '), columns: shortHeader(table) },
  );
}
