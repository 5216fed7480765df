import path from 'node:path';
import { openWatchStore } from '../main/database/watch-store.ts';
import { groupClass, lessonOf } from '../main/services/classroom/lesson-plan.ts';
import { watchClass } from '../main/services/classroom/watch.ts';
import type { LessonPlan } from '../shared/contract/classroom.ts';
import { groupWords, openGroups } from './groups-command.ts';
import { resolveTyped } from './paths.ts';
import { withClass } from './with-class.ts';
import { strategyWords } from './words-in.ts';
import type { ClassCommandOptions } from './with-class.ts';
import { skillNames } from '../shared/skill-names.ts';

export interface LessonCommandOptions extends ClassCommandOptions {
  readonly minutes: number;
  readonly size: number;
}

const LETTERS = 'ABCDEFGHIJKLMNOP';

function describe({ groups, minutes, opening, closing }: LessonPlan): string {
  const span = ({ from, minutes: length }: { from: number; minutes: number }): string => `${from}–${from + length} min`;
  const lines = [`Lesson of ${minutes} minutes`, `${span(opening)}: opening, everybody`];
  groups.forEach((group, index) => {
    const { students, activities, teacher, material, own, ways } = group;
    lines.push(`Group ${LETTERS[index]}: ${groupWords(group)}`, `  ${students.map(({ name }) => name).join(', ')}`);
    if (ways.length > 1)
      for (const way of ways) lines.push(`  ${strategyWords(way.strategy)}: ${way.students.map(({ name }) => name).join(', ')}`);
    for (const activity of activities)
      lines.push(
        `  ${span(activity)}: ${activity.kind}${activity.questions > 0 ? `, about ${activity.questions} questions` : ''}`,
      );
    if (teacher.minutes > 0) lines.push(`  ${span(teacher)}: the teacher sits with them`);
    for (const { title, address, fileName } of own) lines.push(`  your material: ${title} (${address ?? fileName})`);
    if (material.count > 0) lines.push(`  ${material.count} in the gradebook: ${material.titles.join(', ')}`);
  });
  return [...lines, `${span(closing)}: closing, everybody`].join('\n');
}

/** @throws PathlightError `no-such-class` */
export function lessonCommand(options: LessonCommandOptions): Promise<void> {
  return withClass(options, async (gradebook, profiles, classId) => {
    const store = openGroups(options.data);
    const standing = store.standing(classId);
    store.close();
    const grouped = await groupClass({ classId, members: profiles.members(classId), size: options.size, standing });
    const { read } = gradebook;
    const plan = lessonOf(grouped, options.minutes, read.courseMap(), read.items(), read.material());
    console.log(options.json ? JSON.stringify(plan, undefined, 1) : describe(plan));
  });
}

/** @throws PathlightError `no-such-class` */
export function watchCommand(options: ClassCommandOptions): Promise<void> {
  return withClass(options, async (gradebook, profiles, classId) => {
    const store = openWatchStore(path.join(resolveTyped(options.data), 'gradebook.sqlite'));
    try {
      const members = profiles.members(classId);
      const found = await watchClass({
        classId,
        members,
        store,
        skillName: skillNames(gradebook.read.courseMap().skills),
        known: new WeakMap(),
      });
      if (options.json) {
        console.log(JSON.stringify(found, undefined, 1));
        return;
      }
      if (found.warnings.length === 0) console.log('Nobody stands out.');
      for (const { name, kind, skillName, observed, of, expected, chance } of found.warnings)
        console.log(
          `${name}: ${kind}${skillName === null ? '' : ` on ${skillName}`}, ${observed} of ${of}, ${expected.toFixed(1)} expected, chance ${chance.toPrecision(2)}`,
        );
    } finally {
      store.close();
    }
  });
}
