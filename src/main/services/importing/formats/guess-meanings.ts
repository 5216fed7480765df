import type { Sheet } from '../source/parcel.ts';
import { sensitiveKind } from '../values.ts';
import { decimalOf } from './format.ts';
import type { Header } from './format.ts';
import { holdsMarks } from './marks.ts';
import { columnsOf, RESPONSES } from './pathlight-words.ts';
import { CLASS, EMAIL, FAMILY, FULL, GIVEN, GRADE, ID_NUMBER, USERNAME } from './people.ts';

const QUESTION = ['question', 'item', 'problem', 'question text', 'frage', 'aufgabe', 'pregunta', 'exercice', '题目', '试题'];
const SKILL = ['skill', 'skills', 'topic', 'standard', 'objective', 'kompetenz', 'thema', 'tema', 'compétence', '知识点'];
const CORRECT = ['correct', 'is correct', 'result', 'richtig', 'correcto', 'juste', '正确', '是否正确'];
const ASSIGNMENT = [
  'assignment',
  'assignment name',
  'assessment',
  'test',
  'quiz',
  'exam',
  'aufgabenblatt',
  'tarea',
  'devoir',
  '作业',
  '考试',
];
const POINTS = ['points', 'score', 'points earned', 'mark', 'marks', 'punkte', 'puntos', 'puntuación', '得分', '分数', '成绩'];
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
  /(^|[^a-z])(ids?|no|nr|num|number|code|age|year|grade level|locker|room|seat|period|height|weight|gpa|absences?|absent|tard(y|ies)|attendance|days|credits?|birth(day| date)?|alter|zimmer|fehltage)([^a-z]|$)|号|號|编码|年龄/;

/** What the columns mean, where their words leave no doubt and the whole makes sense. */
export function guessMeanings(header: Header, sheet: Sheet): Map<number, string> | undefined {
  // One of our own files that lacks a column: to say which is better than to take the rest for marks.
  const { columns: own } = columnsOf(header.cells);
  if (own.has('student') && RESPONSES.filter((word) => own.has(word)).length >= 3) return undefined;
  const meanings = new Map<number, string>();
  const take = (meaning: string, names: readonly string[]): boolean => {
    const index = header.plain.findIndex((name, at) => names.includes(name) && !meanings.has(at));
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
  if (!given && !family) take('name', FULL);
  else if (![...meanings.values()].includes('student')) take('student', ['student']);
  if (meanings.size === 0) return undefined;
  take('class', CLASS);
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
  if (question) meanings.delete([...meanings].find(([, meaning]) => meaning === 'question')![0]);
  const assignment = take('assignment', ASSIGNMENT);
  if (assignment && take('points', [...POINTS, 'grade'])) {
    take('possible', POSSIBLE);
    take('timestamp', TIME);
    take('skill', SKILL);
    return meanings;
  }
  // A column for each piece of work: numbers under titles that are nothing else.
  const start = sheet.head.findIndex((row) => row.cells === header.cells);
  const body = sheet.head.slice(start + 1);
  if (body.length === 0) return undefined;
  const decimal = decimalOf(sheet);
  let marks = 0;
  const known = [
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
    '排名',
    'gesamt',
    'durchschnitt',
  ];
  header.plain.forEach((name, index) => {
    if (NUMBERED.test(name)) return;
    if (
      name === '' ||
      meanings.has(index) ||
      known.includes(name) ||
      /^(total|average|overall|final)\b|\b(overall|total|average|gesamt|summe|durchschnitt)$/.test(name) ||
      sensitiveKind(name) !== undefined
    )
      return;
    if (
      !holdsMarks(
        body.map((row) => row.cells[index] ?? ''),
        decimal,
      )
    )
      return;
    meanings.set(index, 'mark');
    marks++;
  });
  return marks > 0 ? meanings : undefined;
}
