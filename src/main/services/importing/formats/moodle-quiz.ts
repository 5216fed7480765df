import type { ContentBuilder } from '../content.ts';
import { Refusal } from '../content.ts';
import { detectDateOrder, parseDate, parseDuration } from '../dates.ts';
import type { Parcel } from '../source/parcel.ts';
import { parseNumber, plain, shown, titleOfFile, words } from '../values.ts';
import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { moodleStudent } from './moodle-grades.ts';
import { personColumns, personCount } from './people.ts';

/*
 * Moodle's quiz reports (mod/quiz/report). "Grades": `Q. 1 /1.00` with the marks of each question. "Responses": `Question n`, `Response
 * n`, `Right answer n`, as far as they were ticked. Both begin with the profile fields, state, times and `Grade/10.00`, in the site's
 * language. "-" stands for unfinished, and rows of averages at the bottom carry their label in the last-name column.
 */
const MARKED = /^.{0,20}?(\d+)\s*\/\s*(\d+(?:[.,]\d+)?)$/;
/** "Q. 1 /1.00", "F 1 /1,00": short as Moodle writes it, so that a teacher's "Quiz 1 /20" is none. */
const SHORT = /^[\p{L}\p{M}]{1,3}\.? ?\d+ \//u;
const GRADE = /^([\p{L}\p{M} ]{1,20}?)\s*\/\s*(\d+(?:[.,]\d+)?)$/u;
const RESPONSE = /^(response|antwort|respuesta|réponse|resposta|回答|答案)\s*(\d+)$/;
const RIGHT =
  /^(right answer|richtige antwort|respuesta correcta|bonne réponse|réponse correcte|resposta correta|正确答案)\s*(\d+)$/;
const QUESTION = /^(question|frage|pregunta|questão|问题|试题)\s*(\d+)$/;
const STATE = ['state', 'status', 'estado', 'état', 'stato', 'stan', 'состояние', 'durum', '状态', '狀態', '状態'];
const STARTED = [
  'started on',
  'started',
  'begonnen am',
  'begonnen',
  'comenzado el',
  'commencé le',
  'iniciado em',
  ...['iniziato', 'gestart op', 'rozpoczęto', 'тест начат', 'başladı', '开始时间', '开始于', '開始於', '開始日時'],
];
const COMPLETED = [
  'completed',
  'beendet',
  'finalizado',
  'terminé',
  'completato',
  'voltooid',
  'ukończono',
  'завершено',
  'tamamlandı',
  '完成',
  '完成时间',
  '已完成',
  '受験完了',
];
const TAKEN = [
  'time taken',
  'duration',
  'verbrauchte zeit',
  'dauer',
  'tiempo requerido',
  'temps utilisé',
  'tempo impiegato',
  'gebruikte tijd',
  'wykorzystany czas',
  'затраченное время',
  'geçen süre',
  '耗时',
  '用时',
  '所要時間',
];
const UNFINISHED = /^(in progress|never submitted|overdue|in bearbeitung|nie abgegeben|en curso|en cours|进行中)$/;

interface QuizQuestion {
  readonly number: number;
  marks: number;
  possible: number;
  response: number;
  right: number;
  text: number;
}

function questionsOf(header: Header): QuizQuestion[] {
  const questions = new Map<number, QuizQuestion>();
  const of = (number: number): QuizQuestion => {
    let known = questions.get(number);
    if (!known) questions.set(number, (known = { number, marks: -1, possible: 0, response: -1, right: -1, text: -1 }));
    return known;
  };
  header.plain.forEach((name, index) => {
    if (GRADE.test(name)) return;
    const marked = MARKED.exec(name);
    if (marked) Object.assign(of(Number(marked[1])), { marks: index, possible: Number(marked[2]!.replace(',', '.')) });
    const response = RESPONSE.exec(name);
    if (response) of(Number(response[2])).response = index;
    const right = RIGHT.exec(name);
    if (right) of(Number(right[2])).right = index;
    const text = QUESTION.exec(name);
    if (text) of(Number(text[2])).text = index;
  });
  return [...questions.values()].sort((a, b) => a.number - b.number);
}

export const moodleQuiz: Format = {
  name: 'moodle-quiz',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const person = personColumns(header, sheet);
        if (personCount(person) < 1) return undefined;
        const questions = questionsOf(header);
        const grade = header.match(GRADE);
        const marked = questions.filter(({ marks }) => marks >= 0).length;
        const answered = questions.filter(({ response }) => response >= 0).length;
        const times = [STATE, STARTED, COMPLETED, TAKEN].filter((names) => header.find(...names) >= 0).length;
        if (marked + answered === 0 && (grade < 0 || times < 2)) return undefined;
        if (grade < 0 && times < 2) return undefined;
        if (times === 0 && answered === 0 && !header.plain.some((name) => SHORT.test(name))) return undefined;
        const meanings = meaningsOf({
          given_name: person.given,
          family_name: person.family,
          student: person.id,
          email: person.email,
          login: person.username,
          state: header.find(...STATE),
          timestamp: header.find(...STARTED),
        });
        for (const question of questions) {
          if (question.text >= 0) meanings.set(question.text, 'question');
          if (question.marks >= 0) meanings.set(question.marks, 'correct');
          else if (question.response >= 0) meanings.set(question.response, 'response');
          if (question.right >= 0) meanings.set(question.right, 'right_answer');
        }
        if (grade >= 0) meanings.set(grade, 'mark');
        return {
          certainty: Math.min(0.98, 0.6 + (grade >= 0 ? 0.2 : 0) + 0.05 * times + (marked + answered > 1 ? 0.1 : 0)),
          meanings,
        };
      },
      'moodle-quiz',
      'moodle-quiz',
    ),

  read(parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    const header = new Header(recognition.header.cells);
    const person = personColumns(header, recognition.sheet);
    const decimal = decimalOf(recognition.sheet);
    const questions = questionsOf(header);
    const quiz = titleOfFile(parcel.file);
    const [stateAt, startedAt, takenAt] = [header.find(...STATE), header.find(...STARTED), header.find(...TAKEN)];
    const order = detectDateOrder(recognition.sheet.head.map((row) => row.cells[startedAt] ?? ''));
    const grade = header.match(GRADE);
    const possible = grade < 0 ? 0 : Number(GRADE.exec(header.plain[grade]!)![2]!.replace(',', '.'));
    const byQuestion = questions.some((each) => each.marks >= 0 || (each.response >= 0 && each.right >= 0));
    // What the questions say together must not be counted a second time as a mark.
    const assignment = !byQuestion && possible > 0 ? into.assignment({ sourceId: '', title: quiz, possible, dueAt: null }) : -1;
    if (grade >= 0 && byQuestion) into.ignore(header.cells[grade]!, 'total');
    ignoreRest(recognition.header, recognition.meanings, into);
    const attempts = new Map<number, number>();
    bodyRows(recognition, (cells, line) => {
      const identified = [person.email, person.id, person.username].some((index) => index >= 0 && cellAt(cells, index) !== '');
      // Averages: their label stands where the last name does, and they have neither address nor times.
      const identifiable = [person.email, person.id, person.username].some((index) => index >= 0);
      if (
        (identifiable && !identified) ||
        /average|durchschnitt|promedio|moyenne|média|平均/i.test(cellAt(cells, person.family) || (cells[0] ?? ''))
      ) {
        into.count('average-rows', 'rows');
        return;
      }
      into.row(line, () => {
        const student = moodleStudent(into, cells, line, person);
        if (UNFINISHED.test(plain(cellAt(cells, stateAt)))) return into.count('unfinished-attempts', 'rows');
        const started = parseDate(cellAt(cells, startedAt), order);
        const attempt = (attempts.get(student) ?? 0) + 1;
        attempts.set(student, attempt);
        if (assignment >= 0) {
          const points = parseNumber(cellAt(cells, grade), decimal);
          if (!Number.isFinite(points)) return;
          if (attempt === 1) into.mark(line, student, assignment, points, 'scored', Number.isFinite(started) ? started : null);
          else into.count('later-attempts', 'rows');
          return;
        }
        const answered = questions.filter(
          (question) => cellAt(cells, question.marks >= 0 ? question.marks : question.response) !== '',
        );
        const share = parseDuration(cellAt(cells, takenAt)) / Math.max(1, answered.length);
        questions.forEach((question, place) => {
          into.row(line, () => {
            const correct = correctness(cells, question, decimal, header);
            if (correct === undefined) return;
            const text = words(cellAt(cells, question.text));
            into.answer({
              line,
              student,
              position: Number.isFinite(started) ? started * 1000 + place : -1,
              question: (text === '' ? `${quiz}: ${question.number}` : text).slice(0, 200),
              skills: '',
              correct,
              answeredAt: started,
              // The quiz's time, shared out evenly: no question's own time is known.
              responseTimeMs: Number.isFinite(share) ? Math.round(share) : Number.NaN,
              attempt,
              hint: -1,
            });
          });
        });
      });
    });
  },
};

/** 0 to 1; undefined where the question was not answered or not graded yet. */
function correctness(cells: readonly string[], question: QuizQuestion, decimal: '.' | ',', header: Header): number | undefined {
  if (question.marks >= 0) {
    const cell = cellAt(cells, question.marks);
    if (cell === '' || cell === '-' || !/\d/.test(cell)) return undefined;
    const marks = parseNumber(cell, decimal);
    if (!Number.isFinite(marks) || !(question.possible > 0))
      throw new Refusal('bad-mark', `"${shown(cell)}" in the column ${header.cells[question.marks]} is not a mark`, {
        column: header.cells[question.marks]!,
        value: shown(cell),
      });
    return Math.min(1, Math.max(0, marks / question.possible));
  }
  if (question.response < 0 || question.right < 0) return undefined;
  const response = comparable(cellAt(cells, question.response));
  if (response === '' || response === '-') return undefined;
  const right = comparable(cellAt(cells, question.right));
  // What only a person can judge, an essay, has no right answer.
  if (right === '' || right === '-') return undefined;
  return response === right ? 1 : 0;
}

const comparable = (answer: string): string => words(answer).toLowerCase().replaceAll(/\s+/g, ' ').replace(/\.$/, '');
