import type { Sheet } from '../source/parcel.ts';
import { sensitiveKind } from '../values.ts';
import { decimalOf } from './format.ts';
import type { Header } from './format.ts';
import { holdsMarks } from './marks.ts';
import { RESPONSES } from './pathlight-words.ts';
import { isSummaryRow } from './summary-rows.ts';
import { CLASS, EMAIL, FAMILY, FULL, GIVEN, GRADE, ID_NUMBER, USERNAME } from './people.ts';
import { holdsVerdicts, isKeyed, isPartOfTest, isResult, keyRowOf, zeroOneColumns } from './wide-columns.ts';

const QUESTION = ['question', 'item', 'problem', 'question text', 'frage', 'aufgabe', 'pregunta', 'exercice', '题目', '试题'];
const SKILL = ['skill', 'skills', 'topic', 'standard', 'objective', 'kompetenz', 'thema', 'tema', 'compétence', '知识点'];
const CORRECT = ['correct', 'is correct', 'result', 'richtig', 'correcto', 'juste', '正确', '是否正确'];
const ASSIGNMENT = [
  'assignment',
  'assignment name',
  'assessment',
  'task',
  'activity',
  'assignment title',
  'activity name',
  'test name',
  'quiz name',
  'exam name',
  'test',
  'quiz',
  'exam',
  'aufgabenblatt',
  'tarea',
  'devoir',
  '作业',
  '考试',
];
const POINTS = [
  'points',
  'score',
  'got',
  'points scored',
  'points earned',
  'mark',
  'marks',
  'punkte',
  'puntos',
  'puntuación',
  '得分',
  '分数',
  '成绩',
];
const POSSIBLE = [
  'max points',
  'points possible',
  'possible',
  'out of',
  'maximum',
  'max score',
  'total points',
  'max',
  'höchstpunktzahl',
  '满分',
  '总分',
];
const DURATION = [
  'time (sec)',
  'time (s)',
  'time (seconds)',
  'response time',
  'response time (ms)',
  'response time (sec)',
  'time taken (sec)',
  'duration (sec)',
  'duration (ms)',
  'seconds',
  '用时(秒)',
  '用时（秒）',
];
const TIME = [
  'timestamp',
  'date',
  'time',
  'submitted',
  'when',
  'submitted at',
  'completed at',
  'datum',
  'fecha',
  'date de remise',
  '时间',
  '日期',
];

/** Columns of numbers that count or name, and are no marks. */
const NUMBERED =
  /^(#|number of|num)? ?(attempts?( ?#| no\.?| number)?|rank(ing)?|place|(in)?correct( answers?)?|wrong( answers?)?|unattempted|unanswered|skipped|blank|watched|progress|minutes|seconds|duration)$|(anwesenheit|fehlzeit|asistencia|faltas|présences?|retards|出勤|缺勤|名次|排名|班名|级名)|(^|[^a-z])(ids?|no|nr|num|number|code|age|year|grade level|locker|room|seat|period|height|weight|gpa|absences?|absent|tard(y|ies)|attendance|days|credits?|birth(day| date)?|alter|zimmer|fehltage)([^a-z]|$)|号|號|编码|年龄/;

const OTHERS = [
  ...GRADE,
  ...POINTS,
  ...POSSIBLE,
  ...TIME,
  'total',
  'average',
  'rank',
  'gender',
  'no',
  'no.',
  '#',
  'age',
  '序号',
  '性别',
  '总分',
  '平均分',
  'gesamt',
  'durchschnitt',
];
const TOTALS = /^(total|average|overall|final)\b|\b(overall|total|average|gesamt|summe|durchschnitt)$/;

const FEW_YEARS = 3;

/** Whether the numbers of a column called "grade" say which year students are in: all of them small, and the same or nearly so, or in a list with classes. */
function holdsSchoolYears(cells: readonly string[], withClasses: boolean): boolean {
  const said = cells.filter((cell) => cell !== '');
  if (!said.every((cell) => /^(k|\d|1[0-3])$/i.test(cell))) return false;
  return withClasses || new Set(said).size <= FEW_YEARS;
}

/** What the columns mean, where their words leave no doubt and the whole makes sense. */
export function guessMeanings(header: Header, sheet: Sheet): Map<number, string> | undefined {
  // One of our own files that lacks a column: to say which is better than to take the rest for marks.
  if (RESPONSES.filter((word) => header.cells.includes(word)).length >= 3) return undefined;
  if (header.cells.includes('given_name') && !header.cells.includes('student')) return undefined;
  const meanings = new Map<number, string>();
  const start = sheet.head.findIndex((row) => row.cells === header.cells);
  const body = sheet.head.slice(start + 1).filter(({ cells }) => !isSummaryRow(cells));
  const decimal = decimalOf(sheet);
  const cellsOf = (index: number): string[] => body.map((row) => row.cells[index] ?? '');
  const take = (meaning: string, names: readonly string[], fits: (index: number) => boolean = () => true): boolean => {
    const index = header.plain.findIndex((name, at) => names.includes(name) && !meanings.has(at) && fits(at));
    if (index < 0) return false;
    meanings.set(index, meaning);
    return true;
  };
  take('student', [...ID_NUMBER, 'id']);
  take('email', EMAIL);
  take('login', USERNAME);
  const given = take('given_name', GIVEN);
  const family = take('family_name', FAMILY);
  // Beside names, "student" is a number.
  if (!given && !family) take('name', header.plain.includes('name') ? ['name'] : FULL);
  if (![...meanings.values()].includes('student')) take('student', ['student']);
  if (meanings.size === 0) return undefined;
  const inClasses = take('class', CLASS);
  take(
    'grade',
    GRADE.filter((name) => name !== 'grade' && name !== 'year'),
  );
  const question = take('question', QUESTION);
  const correct = take('correct', CORRECT);
  if (question && correct) {
    take('skill', SKILL);
    take('response_time_ms', DURATION);
    take('timestamp', TIME);
    take('order', ['order', 'no', 'nr', '#', '序号']);
    return meanings;
  }
  for (const [index, meaning] of meanings) if (meaning === 'question' || meaning === 'correct') meanings.delete(index);
  // "Quiz" above numbers is a piece of work; above words it says which one.
  const assignment = take('assignment', ASSIGNMENT, (index) => !holdsMarks(cellsOf(index), decimal));
  if (assignment && take('points', [...POINTS, 'grade'])) {
    take('possible', POSSIBLE);
    take('timestamp', TIME);
    take('skill', SKILL);
    return meanings;
  }
  // A column for each piece of work: numbers under titles that are nothing else. Or one for each question, with ticks or answers and their key.
  if (body.length === 0) return undefined;
  const key = keyRowOf(body);
  const ones = zeroOneColumns(header, cellsOf);
  let work = 0;
  header.plain.forEach((name, index) => {
    if (name === '' || meanings.has(index) || sensitiveKind(name) !== undefined) return;
    if (NUMBERED.test(name) || OTHERS.includes(name) || TOTALS.test(name)) return;
    const cells = cellsOf(index);
    if (isKeyed(key, index) || holdsVerdicts(cells) || ones.includes(index)) meanings.set(index, 'answer');
    else if (isPartOfTest(header.cells[index]!) && holdsMarks(cells, decimal)) meanings.set(index, 'answer');
    else if (holdsMarks(cells, decimal)) meanings.set(index, 'mark');
    else return;
    work++;
  });
  // What the questions say together must not be counted a second time as a mark.
  if ([...meanings.values()].includes('answer'))
    for (const [index, meaning] of meanings) if (meaning === 'mark' && isResult(header.plain[index]!)) meanings.delete(index);
  if (work > 0) return meanings;
  // One test and nothing else: its points.
  const results = header.plain.filter((name) => POINTS.includes(name) || isResult(name));
  const isResultColumn = (index: number): boolean =>
    holdsMarks(cellsOf(index), decimal) && !(GRADE.includes(header.plain[index]!) && holdsSchoolYears(cellsOf(index), inClasses));
  if (take('points', results, isResultColumn)) {
    take('possible', POSSIBLE);
    take('timestamp', TIME);
    return meanings;
  }
  // A list of a class.
  take('grade', GRADE, (index) => holdsSchoolYears(cellsOf(index), inClasses));
  const said = [...meanings.values()];
  const named = said.includes('name') || (said.includes('given_name') && said.includes('family_name'));
  const alone = header.plain.filter((name) => name !== '').length === 1;
  return named && (alone || ['student', 'email', 'login', 'class', 'family_name'].some((meaning) => said.includes(meaning)))
    ? meanings
    : undefined;
}
