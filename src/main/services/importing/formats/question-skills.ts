import type { ContentBuilder } from '../content.ts';
import { checkId, Refusal } from '../content.ts';
import type { Parcel } from '../source/parcel.ts';
import type { ItemCounting } from '../../../database/import-rows.ts';
import { parseNumber, plain, shown, words } from '../values.ts';
import { bodyRows, cellAt, decimalOf, findHeader, ignoreRest } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { saysRightOrWrong, verdict } from './verdict.ts';

const ITEM = [
  ...[
    'question',
    'questions',
    'item',
    'problem',
    'question id',
    'question title',
    'assignment',
    'assignment name',
    'assignment id',
  ],
  ...[
    'assessment',
    'quiz',
    'title',
    'aufgabe',
    'frage',
    'pregunta',
    'tarea',
    'exercice',
    'devoir',
    '题目',
    '试题',
    '作业',
    '标题',
  ],
];
/** "skill", "Skill 2", "skills"; more than one column may hold one. */
const SKILL = /^(skills?|topics?|standards?|objectives?|kompetenz|thema|tema|compétence|知识点)(?: ?\d+)?$/;
const OTHERS = /^(student|name|correct|score|points|grade|prerequisite|answer|mark|学号|姓名|成绩|得分|正确|先修知识点)/;

/** How a question counts: what Pathlight writes of it. */
const COUNTING = ['voided', 'key', 'weight', 'reason'];

/** @throws Refusal `bad-counting` */
function countingOf(at: (name: string) => string, decimal: '.' | ',', kind: string | undefined): ItemCounting {
  const bad = (column: string): Refusal =>
    new Refusal(
      'bad-counting',
      `${column} "${shown(at(column))}": voided is yes or no, key is empty, all-right or (of questions) flipped, weight a number from 0.25 to 4`,
      { column, value: shown(at(column)) },
    );
  const out = plain(at('voided'));
  if (out !== '' && !saysRightOrWrong(out) && !/^[01]$/.test(out)) throw bad('voided');
  const key = plain(at('key'));
  if (key !== '' && key !== 'all-right' && (key !== 'flipped' || kind === 'assignment')) throw bad('key');
  const weight = at('weight') === '' ? 1 : parseNumber(words(at('weight')), decimal);
  if (!(weight >= 0.25 && weight <= 4)) throw bad('weight');
  return {
    voided: out !== '' && verdict(out, decimal, 'voided') === 1,
    key: key === '' ? null : key,
    weight,
    reason: at('reason').slice(0, 2000),
  };
}

/** A table that says which skills a question or assignment asks, and nothing of students: `question,skill` or `title,skill,skill 2`. */
export const questionSkills: Format = {
  name: 'mapped',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        const item = header.plain.findIndex((name) => ITEM.includes(name));
        const skills = header.plain.flatMap((name, index) => (SKILL.test(name) ? [index] : []));
        if (item < 0 || skills.length === 0 || header.plain.some((name) => OTHERS.test(name))) return undefined;
        const meanings = new Map([[item, 'question'], ...skills.map((index): [number, string] => [index, 'skill'])]);
        if (!COUNTING.every((name) => header.has(name))) return { certainty: 0.85, meanings };
        for (const name of ['kind', ...COUNTING]) if (header.has(name)) meanings.set(header.find(name), name);
        return { certainty: 0.95, meanings };
      },
      'mapped',
      'question-skills',
    ),

  read(_parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    const columns = [...recognition.meanings];
    const item = columns.find(([, meaning]) => meaning === 'question' || meaning === 'assignment')?.[0] ?? -1;
    const counts = COUNTING.every((name) => columns.some(([, meaning]) => meaning === name));
    const decimal = decimalOf(recognition.sheet);
    const skills = columns.flatMap(([index, meaning]) => (meaning === 'skill' ? [index] : []));
    ignoreRest(recognition.header, recognition.meanings, into);
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const title = checkId(words(cellAt(cells, item)), 'question');
        const named = skills.flatMap((index) =>
          words(cellAt(cells, index))
            .split(/[~;|]/)
            .map((skill) => skill.trim())
            .filter((skill) => skill !== ''),
        );
        if (named.length === 0 && !counts) throw new Refusal('missing-value', 'skill is empty', { column: 'skill' });
        const at = (name: string): string => cellAt(cells, columns.find(([, meaning]) => meaning === name)?.[0] ?? -1);
        const said = plain(at('kind'));
        const kind = said === 'question' || said === 'assignment' ? said : undefined;
        const counting = counts ? countingOf(at, decimal, kind) : undefined;
        into.itemSkills.push({ line, item: title, skills: named.map((skill) => checkId(skill, 'skill')), kind, counting });
      });
    });
  },
};

/** Whether somebody's mapping says skills of questions or assignments, and nothing of whose they are. */
export function mapsSkillsOnly(mapping: Readonly<Record<string, string>>): boolean {
  const meanings = Object.values(mapping).filter((meaning) => meaning !== '');
  return (
    meanings.includes('skill') &&
    meanings.some((meaning) => meaning === 'question' || meaning === 'assignment') &&
    meanings.every((meaning) => ['skill', 'question', 'assignment'].includes(meaning))
  );
}
