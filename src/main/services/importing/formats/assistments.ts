import { checkId, Refusal } from '../content.ts';
import { parseDate } from '../dates.ts';
import { parseNumber, shown, unwrapped, words } from '../values.ts';
import { bodyRows, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format } from './format.ts';

/*
 * ASSISTments 2009–2010 (skill builder data): order_id, assignment_id, user_id, assistment_id, problem_id, original, correct,
 * attempt_count, ms_first_response, …, skill_id, skill_name, …, hint_count, …, opportunity. An answer to a problem of several skills
 * stands on one row for each, with the same order_id. `original` = 0 marks a step of help that only those see who failed the problem.
 * Later releases: 2012 with problem_log_id and start_time; 2015 with nothing but user_id, log_id, sequence_id (a problem set for one skill) and
 * correct; 2017 in camel case with times in seconds.
 */
const ORDER = ['order id', 'problem log id', 'log id', 'problemlogid'];
const USER = ['user id', 'studentid'];
const PROBLEM = ['problem id', 'problemid', 'sequence id'];
const ATTEMPTS = ['attempt count', 'attemptcount'];
const FIRST_RESPONSE = ['ms first response', 'ms first response time'];
const HINTS = ['hint count', 'hintcount'];
const STARTED = ['start time', 'starttime'];
const CLASS = 'student class id';
const OWN = [
  ...['problemid', 'assistmentid', 'assignmentid', 'problemtype', 'hintcount', 'attemptcount', 'starttime', 'timetaken'],
  'order id',
  'assignment id',
  'assistment id',
  'original',
  'attempt count',
  'ms first response',
  'skill id',
  'skill name',
  'hint count',
  'opportunity',
  'problem log id',
  'tutor mode',
  'base sequence id',
];

export const assistments: Format = {
  name: 'assistments',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        const own = header.count(OWN);
        if (!header.has('correct') || header.find(...USER) < 0 || header.find(...PROBLEM) < 0) return undefined;
        if (own < 3 && !header.has('log id', 'sequence id')) return undefined;
        return {
          certainty: Math.min(0.98, 0.6 + 0.06 * own),
          meanings: meaningsOf({
            order: header.find(...ORDER),
            student: header.find(...USER),
            question: header.find(...PROBLEM),
            scaffold: header.find('original'),
            correct: header.find('correct'),
            attempt: header.find(...ATTEMPTS),
            timestamp: header.find(...STARTED),
            response_time_ms: header.find(...FIRST_RESPONSE, 'timetaken'),
            skill: header.find('skill id'),
            skill_name: header.find('skill name', 'skill'),
            hint: header.find(...HINTS),
            class: header.find(CLASS),
          }),
        };
      },
      'assistments',
      'assistments',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    ignoreRest(recognition.header, recognition.meanings, into);
    const find = (...names: string[]): number => header.find(...names);
    const [order, user, problem, original, correctAt] = [
      find(...ORDER),
      find(...USER),
      find(...PROBLEM),
      find('original'),
      find('correct'),
    ];
    const [attempts, hints, skillId, skillName] = [
      find(...ATTEMPTS),
      find(...HINTS),
      find('skill id'),
      find('skill name', 'skill'),
    ];
    const classAt = find(CLASS);
    let lastClass = '';
    const [started, time, seconds] = [find(...STARTED), find(...FIRST_RESPONSE), find('timetaken')];
    // A problem set for one skill stands for both where no problem is named.
    const bySet = find('problem id', 'problemid') < 0;
    const at = (cells: readonly string[], index: number): string => (index < 0 ? '' : (cells[index] ?? ''));
    const count = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : -1);
    const named = new Map<string, string>();
    into.answers.reserve(Math.min(recognition.sheet.rowsAbout, 4_000_000));
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const student = into.studentByKey(line, 'assistments', checkId(unwrapped(at(cells, user)), 'user_id'));
        const group = words(at(cells, classAt));
        if (group !== '' && !/^(na|nan|null|0)$/i.test(group) && `${student} ${group}` !== lastClass) {
          lastClass = `${student} ${group}`;
          into.schoolClass('', group);
          into.enrol(student, group);
        }
        if (at(cells, original) === '0') return into.count('scaffolds', 'rows');
        const raw = at(cells, correctAt);
        const correct = raw === '' ? Number.NaN : parseNumber(raw, '.');
        if (!(correct >= 0 && correct <= 1))
          throw new Refusal(
            'bad-correct',
            raw === '' ? 'correct is empty' : `correct "${shown(raw)}" is not a number from 0 (wrong) to 1 (right)`,
            {
              value: shown(raw),
            },
          );
        const position = at(cells, order);
        if (order >= 0 && !/^\d{1,15}$/.test(position))
          throw new Refusal('not-a-count', `order_id "${shown(position)}" is not a whole number from 0 on`, {
            column: 'order_id',
            value: shown(position),
          });
        const set = bySet ? `Problem set ${words(at(cells, problem))}` : '';
        const skill = bySet ? set : skillOf(at(cells, skillId), at(cells, skillName));
        if (skill !== '' && !named.has(skill)) {
          const name = words(at(cells, skillName));
          named.set(skill, name);
          if (name !== '' && name !== skill) into.skills.push({ line, skill, name });
        }
        const ms = time >= 0 ? parseNumber(at(cells, time), '.') : parseNumber(at(cells, seconds), '.') * 1000;
        const answeredAt = parseDate(at(cells, started));
        into.answer({
          line,
          student,
          position:
            order >= 0 ? Number(position) : Number.isFinite(answeredAt) ? answeredAt * 1000 + (into.answers.length % 1000) : -1,
          question: bySet ? set : checkId(at(cells, problem), 'problem_id'),
          skills: skill,
          correct,
          answeredAt,
          responseTimeMs: ms >= 0 ? ms : Number.NaN,
          attempt: count(at(cells, attempts)),
          hint: count(at(cells, hints)),
        });
      });
    });
    joinSkills(into);
  },
};

/** The skill's name where there is one: ids were given anew in each release, names stay. */
function skillOf(id: string, name: string): string {
  const said = [name, id].map((text) => words(text)).find((text) => text !== '' && !/^(na|nan|null|noskill)$/i.test(text));
  return said === undefined ? '' : said.slice(0, 200);
}

/** The same answer repeated for each skill becomes one with all of them. */
function joinSkills(into: Parameters<Format['read']>[2]): void {
  const { answers } = into;
  const order = answers.sorted(into.students.length);
  const keep = new Uint8Array(answers.length).fill(1);
  let joined = 0;
  let first = -1;
  let skills: string[] = [];
  const close = (): void => {
    if (first >= 0 && skills.length > 1) answers.setSkills(first, skills);
  };
  for (const row of order) {
    const same =
      first >= 0 &&
      answers.position[row]! >= 0 &&
      answers.student[row] === answers.student[first] &&
      answers.position[row] === answers.position[first] &&
      answers.question[row] === answers.question[first];
    const skill = answers.skillSets[answers.skillSet[row]!]!;
    if (same) {
      keep[row] = 0;
      joined++;
      if (skill !== '') skills.push(skill);
    } else {
      close();
      first = row;
      skills = skill === '' ? [] : [skill];
    }
  }
  close();
  if (joined > 0) {
    answers.filter(keep);
    into.note('joined-rows', { rows: joined });
  }
}
