import type { NewAnswerRow } from '../../../database/new-answers.ts';
import { checkId, Refusal } from '../content.ts';
import type { ContentBuilder } from '../content.ts';
import { detectDateOrder, parseDate } from '../dates.ts';
import { parseNumber, plain, shown, words } from '../values.ts';
import { bodyRows, cellAt, findHeader, Header, ignoreRest } from './format.ts';
import type { Format, Recognition } from './format.ts';

/*
 * PSLC DataShop, tab-separated. Transactions: Anon Student Id, Session Id, Time, Student Response Type, …, Level (…), Problem Name, Step
 * Name, Attempt At Step, Outcome, …, KC (…), KC Category (…). Student-step rollup: …, First Attempt, Incorrects, Hints, Corrects, …, KC
 * (…), Opportunity (…). As is usual, a step's first attempt is the answer; further attempts and hints are counted.
 */
/** Of a student-step rollup: in words, or 1 and 0 as in the challenge sets of the KDD Cup. */
const FIRST = ['first attempt', 'correct first attempt'];

export const datashop: Format = {
  name: 'datashop',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        if (!header.has('anon student id')) return undefined;
        const rollup = header.find(...FIRST) >= 0;
        const own = header.count([
          'session id',
          'problem name',
          'step name',
          'outcome',
          'student response type',
          'first attempt',
          'problem hierarchy',
          'time',
        ]);
        if (!rollup && !header.has('outcome')) return undefined;
        const meanings = new Map<number, string>();
        const set = (meaning: string, ...names: string[]): void => {
          const index = header.find(...names);
          if (index >= 0) meanings.set(index, meaning);
        };
        set('student', 'anon student id');
        set('timestamp', 'time', 'first transaction time', 'step start time');
        set('question', 'step name');
        set('problem', 'problem name');
        set('attempt', 'attempt at step', 'incorrects');
        set('hint', 'hints');
        set('correct', ...(rollup ? FIRST : ['outcome']));
        set('response_time_ms', 'duration (sec)', 'step duration (sec)');
        set('class', 'class');
        for (const index of skillColumns(header)) meanings.set(index, 'skill');
        return { certainty: Math.min(0.98, 0.6 + 0.07 * own), meanings };
      },
      'datashop',
      'datashop',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    ignoreRest(recognition.header, recognition.meanings, into);
    if (header.find(...FIRST) >= 0) readRollup(recognition, header, into);
    else readTransactions(recognition, header, into);
  },
};

/** The columns of the first skill model; a step of several skills repeats the column. */
function skillColumns(header: Header): number[] {
  const names = header.plain.filter((name) => /^kc ?\(/.test(name));
  const model = names.find((name) => !/^kc ?\((unique-step|single-kc)\)$/.test(name)) ?? names[0];
  return model === undefined ? [] : header.plain.flatMap((name, index) => (name === model ? [index] : []));
}

function stepReader(
  recognition: Recognition,
  header: Header,
): (cells: readonly string[]) => Pick<NewAnswerRow, 'position' | 'question' | 'skills' | 'answeredAt' | 'responseTimeMs'> {
  const skills = skillColumns(header);
  const [problem, step] = [header.find('problem name'), header.find('step name')];
  const time = header.find('time', 'first transaction time', 'step start time');
  const duration = header.find('duration (sec)', 'step duration (sec)');
  const order = detectDateOrder(recognition.sheet.head.map((row) => row.cells[time] ?? ''));
  return (cells) => {
    const [problemName, stepName] = [words(cellAt(cells, problem)), words(cellAt(cells, step))];
    const question = stepName === '' || stepName === problemName ? problemName : `${problemName} / ${stepName}`;
    const codes = skills.flatMap((index) => words(cells[index] ?? '').split('~~')).map((skill) => skill.trim());
    const at = parseDate(cellAt(cells, time), order);
    const seconds = parseNumber(cellAt(cells, duration), '.');
    return {
      position: Number.isFinite(at) ? at * 1000 : -1,
      answeredAt: at,
      responseTimeMs: Number.isFinite(seconds) ? seconds * 1000 : Number.NaN,
      question: question.length > 200 ? `${question.slice(0, 190)}#${hash(question)}` : question,
      skills: [...new Set(codes.filter((skill) => skill !== '' && skill !== '.').map((skill) => skill.slice(0, 200)))]
        .sort()
        .join('\u001f'),
    };
  };
}

/** Keeps apart long step names that begin the same. */
function hash(text: string): string {
  let value = 0;
  for (const character of text) value = (Math.imul(value, 31) + character.codePointAt(0)!) | 0;
  return (value >>> 0).toString(36);
}

const verdict = (cell: string): number | undefined => {
  const text = plain(cell);
  if (text === 'correct' || text === 'ok' || text === '1') return 1;
  if (/^(incorrect|hint|error|bug|0|initial hint|hint level change)$/.test(text)) return 0;
  return undefined;
};

function readRollup(recognition: Recognition, header: Header, into: ContentBuilder): void {
  const step = stepReader(recognition, header);
  const first = header.find(...FIRST);
  const [student, incorrects, hints, corrects] = ['anon student id', 'incorrects', 'hints', 'corrects'].map((name) =>
    header.find(name),
  ) as [number, number, number, number];
  bodyRows(recognition, (cells, line) => {
    into.row(line, () => {
      const who = into.studentByKey(line, 'datashop', checkId(words(cellAt(cells, student)), 'Anon Student Id'));
      const correct = verdict(cellAt(cells, first));
      if (correct === undefined) throw badOutcome('First Attempt', cellAt(cells, first));
      const asked = step(cells);
      const number = (index: number): number => (/^\d+$/.test(cellAt(cells, index)) ? Number(cellAt(cells, index)) : 0);
      into.answer({
        line,
        student: who,
        ...asked,
        question: checkId(asked.question, 'Step Name'),
        correct,
        attempt: Math.max(1, number(incorrects) + number(corrects)),
        hint: hints < 0 ? -1 : number(hints),
      });
    });
  });
  spread(into);
}

function readTransactions(recognition: Recognition, header: Header, into: ContentBuilder): void {
  const step = stepReader(recognition, header);
  const [student, outcomeAt, responseType, view, session, className] = [
    'anon student id',
    'outcome',
    'student response type',
    'problem view',
    'session id',
    'class',
  ].map((name) => header.find(name)) as [number, number, number, number, number, number];
  /** The row of each step's first attempt, by student, problem view and step. */
  const firsts = new Map<string, number>();
  bodyRows(recognition, (cells, line) => {
    into.row(line, () => {
      const code = checkId(words(cellAt(cells, student)), 'Anon Student Id');
      const who = into.studentByKey(line, 'datashop', code);
      const group = words(cellAt(cells, className));
      if (group !== '') {
        into.schoolClass('', group);
        into.enrol(who, group);
      }
      const outcome = cellAt(cells, outcomeAt);
      const correct = verdict(outcome) ?? (plain(cellAt(cells, responseType)) === 'hint request' ? 0 : undefined);
      // Transactions without an outcome are clicks, not answers.
      if (correct === undefined) {
        if (outcome !== '' && !/^(unknown|ungraded|n\/?a)$/i.test(outcome)) throw badOutcome('Outcome', outcome);
        return into.count('no-outcome', 'rows');
      }
      const asked = step(cells);
      if (asked.question === '') return into.count('no-outcome', 'rows');
      const isHint = plain(outcome).includes('hint') || plain(cellAt(cells, responseType)) === 'hint request';
      const key = `${who}\u001f${view >= 0 ? cellAt(cells, view) : cellAt(cells, session)}\u001f${asked.question}`;
      const first = firsts.get(key);
      if (first !== undefined) {
        if (isHint) into.answers.hint[first]!++;
        else into.answers.attempt[first]!++;
        into.count('later-tries', 'rows');
        return;
      }
      firsts.set(key, into.answers.length);
      into.answer({
        line,
        student: who,
        ...asked,
        question: checkId(asked.question, 'Step Name'),
        correct,
        attempt: isHint ? 0 : 1,
        hint: isHint ? 1 : 0,
      });
    });
  });
  spread(into);
}

const badOutcome = (column: string, cell: string): Refusal =>
  new Refusal('bad-outcome', `${column} "${shown(cell)}" is neither correct, incorrect nor hint`, { column, value: shown(cell) });

/** Answers of one moment keep the file's order: no two of a student may stand at one place. */
function spread(into: ContentBuilder): void {
  const { answers } = into;
  // Hints alone, and no try after them.
  for (let at = 0; at < answers.length; at++) if (answers.attempt[at] === 0) answers.attempt[at] = -1;
  const order = answers.sorted(into.students.length);
  for (let at = 1; at < order.length; at++) {
    const [before, row] = [order[at - 1]!, order[at]!];
    if (
      answers.student[row] === answers.student[before] &&
      answers.position[row]! >= 0 &&
      answers.position[row]! <= answers.position[before]!
    )
      answers.position[row] = answers.position[before]! + 1;
  }
}
