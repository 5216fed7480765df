import type { ContentBuilder } from '../content.ts';
import { checkId, Refusal } from '../content.ts';
import type { Parcel } from '../source/parcel.ts';
import { words } from '../values.ts';
import { bodyRows, cellAt, findHeader, ignoreRest } from './format.ts';
import type { Format, Recognition } from './format.ts';

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
        return { certainty: 0.85, meanings };
      },
      'mapped',
      'question-skills',
    ),

  read(_parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    const columns = [...recognition.meanings];
    const item = columns.find(([, meaning]) => meaning !== 'skill')?.[0] ?? -1;
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
        if (named.length === 0) throw new Refusal('missing-value', 'skill is empty', { column: 'skill' });
        into.itemSkills.push({ line, item: title, skills: named.map((skill) => checkId(skill, 'skill')) });
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
