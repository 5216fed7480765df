import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openWatchStore } from '../main/database/watch-store.ts';
import { groupClass, lessonOf } from '../main/services/classroom/lesson-plan.ts';
import { watchClass } from '../main/services/classroom/watch.ts';
import { createModels } from '../main/services/models.ts';
import { ENGLISH_LABELS } from '../main/services/plans/english.ts';
import type { Gradebook } from '../main/services/ports.ts';
import { createProfiles } from '../main/services/profiles.ts';
import type { Profiles } from '../main/services/profiles.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import type { LessonPlan } from '../shared/contract/classroom.ts';
import { PathlightError } from '../shared/errors.ts';
import { withGradebook } from './gradebook-commands.ts';
import { resolveTyped, resources } from './paths.ts';

export interface ClassCommandOptions {
  readonly data: string;
  readonly class?: string;
  readonly json?: boolean;
}
export interface LessonCommandOptions extends ClassCommandOptions {
  readonly minutes: number;
  readonly size: number;
}

/** @throws PathlightError `no-such-class` */
async function withClass(
  { data, class: named }: ClassCommandOptions,
  work: (gradebook: Gradebook, profiles: Profiles, classId: string | null) => Promise<void>,
): Promise<void> {
  await withGradebook(data, async (gradebook) => {
    const classes = gradebook.read.classes().map(({ name }) => name);
    if (named !== undefined && !classes.includes(named))
      throw new PathlightError(
        'no-such-class',
        `There is no class "${named}" in the gradebook. It has: ${classes.join(', ') || 'no class'}.`,
        { class: named },
      );
    const clock = (): number => Date.now();
    const models = createModels({
      folder: resolveTyped(data),
      resources,
      gradebook,
      clock,
      newId: randomUUID,
      spawnTrainer: forkTrainer,
    });
    await work(gradebook, createProfiles({ gradebook, models, clock }), named ?? gradebook.read.currentClass());
  });
}

const LETTERS = 'ABCDE';

function describe({ groups, minutes, opening, closing }: LessonPlan): string {
  const span = ({ from, minutes: length }: { from: number; minutes: number }): string => `${from}–${from + length} min`;
  const lines = [`Lesson of ${minutes} minutes`, `${span(opening)}: opening, everybody`];
  groups.forEach(({ kind, skillName, strategy, students, activities, teacher, material }, index) => {
    const what =
      strategy === null
        ? kind === 'own'
          ? 'each on their own path'
          : 'find out first'
        : `${skillName}: ${ENGLISH_LABELS.strategies[strategy]}`;
    lines.push(`Group ${LETTERS[index]}: ${what}`, `  ${students.map(({ name }) => name).join(', ')}`);
    for (const activity of activities)
      lines.push(
        `  ${span(activity)}: ${activity.kind}${activity.questions > 0 ? `, about ${activity.questions} questions` : ''}`,
      );
    if (teacher.minutes > 0) lines.push(`  ${span(teacher)}: the teacher sits with them`);
    if (material.count > 0) lines.push(`  ${material.count} in the gradebook: ${material.titles.join(', ')}`);
  });
  return [...lines, `${span(closing)}: closing, everybody`].join('\n');
}

/** @throws PathlightError `no-such-class` */
export function lessonCommand(options: LessonCommandOptions): Promise<void> {
  return withClass(options, async (gradebook, profiles, classId) => {
    const grouped = await groupClass(classId, profiles.members(classId), options.size);
    const plan = lessonOf(grouped, options.minutes, gradebook.read.courseMap(), gradebook.read.items());
    console.log(options.json ? JSON.stringify(plan, undefined, 1) : describe(plan));
  });
}

/** @throws PathlightError `no-such-class` */
export function watchCommand(options: ClassCommandOptions): Promise<void> {
  return withClass(options, async (gradebook, profiles, classId) => {
    const store = openWatchStore(path.join(resolveTyped(options.data), 'gradebook.sqlite'));
    try {
      const names = new Map(gradebook.read.courseMap().skills.map(({ id, name }) => [id, name]));
      const members = profiles.members(classId);
      const found = await watchClass({
        classId,
        members,
        store,
        skillName: (skill) => names.get(skill) ?? skill,
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
