import { parseDate } from '../dates.ts';
import type { Parcel } from '../source/parcel.ts';
import { parseNumber, plain, titleOfFile, words } from '../values.ts';
import { bodyRows, cellAt, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format } from './format.ts';

/*
 * Kahoot's report, sheet "RawReportData Data": Question Number, Question, Answer 1…6, Correct Answers, Time Allotted to Answer (seconds),
 * Player, Answer, Correct / Incorrect, Correct, Incorrect, Score (points), …, Answer Time (%), Answer Time (seconds). The sheet
 * "Overview" says when it was played. Players are nicknames.
 */
export const kahoot: Format = {
  name: 'kahoot',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        if (!header.has('player', 'question')) return undefined;
        const own = header.count([
          ...[
            'correct answers',
            'time allotted to answer (seconds)',
            'correct / incorrect',
            'score (points)',
            'answer time (seconds)',
          ],
          ...['current total score (points)', 'answer time (%)'],
        ]);
        if (own < 2 || (!header.has('correct / incorrect') && !header.has('correct'))) return undefined;
        return {
          certainty: Math.min(0.98, 0.6 + 0.1 * own),
          meanings: meaningsOf({
            order: header.find('question number'),
            question: header.find('question'),
            nickname: header.find('player'),
            correct: header.find('correct / incorrect', 'correct'),
            response_time_ms: header.find('answer time (seconds)'),
          }),
        };
      },
      'kahoot',
      'kahoot',
    ),

  read(parcel: Parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    ignoreRest(recognition.header, recognition.meanings, into, (index) =>
      /score/.test(header.plain[index]!) ? 'total' : 'unused',
    );
    const played = playedOn(parcel);
    const quiz = quizTitle(parcel);
    const at = (cells: readonly string[], ...names: string[]): string => words(cellAt(cells, header.find(...names)));
    const seen = new Map<number, Map<string, number>>();
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const nickname = at(cells, 'player');
        const question = at(cells, 'question');
        if (nickname === '' && question === '') return;
        const verdict = plain(at(cells, 'correct / incorrect'));
        const number = parseNumber(at(cells, 'correct'), '.');
        // Polls and slides have no right answer.
        if (at(cells, 'correct answers') === '' && header.has('correct answers')) return into.count('polls', 'rows');
        const correct = verdict === 'correct' ? 1 : verdict === 'incorrect' ? 0 : number;
        if (!(correct >= 0 && correct <= 1)) return into.count('polls', 'rows');
        const student = into.student(line, [{ kind: 'nickname', value: nickname }], { givenName: nickname });
        const answered = at(cells, 'answer') !== '';
        const seconds = parseNumber(at(cells, 'answer time (seconds)'), '.');
        const counts = seen.get(student) ?? new Map<string, number>();
        seen.set(student, counts);
        const place = [...counts.values()].reduce((sum, count) => sum + count, 0);
        counts.set(question, (counts.get(question) ?? 0) + 1);
        into.answer({
          line,
          student,
          position: Number.isFinite(played) ? played * 1000 + place : -1,
          question: (question || `${quiz}: ${at(cells, 'question number')}`).slice(0, 200),
          skills: '',
          correct,
          answeredAt: played,
          responseTimeMs: answered && Number.isFinite(seconds) ? Math.round(seconds * 1000) : Number.NaN,
          attempt: 1,
          hint: -1,
        });
      });
    });
    into.note('nicknames', { students: into.students.length });
  },
};

/** When it was played, from any sheet that says so; NaN else. */
function playedOn(parcel: Parcel): number {
  for (const sheet of parcel.sheets)
    for (const { cells } of sheet.head) {
      const index = cells.findIndex((cell) => plain(cell) === 'played on');
      if (index < 0) continue;
      const said = cells.slice(index + 1).find((cell) => cell !== '');
      const at = parseDate(said ?? '', 'mdy');
      if (Number.isFinite(at)) return at;
    }
  return Number.NaN;
}

function quizTitle(parcel: Parcel): string {
  const overview = parcel.sheets.find((sheet) => plain(sheet.name) === 'overview');
  return overview?.head[0]?.cells.find((cell) => cell !== '') ?? titleOfFile(parcel.file);
}
