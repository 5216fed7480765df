import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AnswerKey } from '../shared/domain.ts';
import { PathlightError } from '../shared/errors.ts';
import type { EditResult, RulePlace } from '../shared/contract/course.ts';
import type { AssignMode, Course, CountingChange } from '../main/services/course/course.ts';
import { createCourse } from '../main/services/course/course.ts';
import { mapToCase, mapToCsv } from '../main/services/course/map-files.ts';
import type { CourseItem, CourseReader } from '../main/services/course/ports.ts';
import { plainTitle } from '../learning/titles/rule.ts';
import { plural, withGradebook } from './gradebook-commands.ts';
import { resolveTyped, resources } from './paths.ts';

export interface CourseOptions {
  readonly data: string;
  readonly json?: boolean;
}

async function withCourse(
  options: CourseOptions,
  work: (course: Course, read: CourseReader) => Promise<void> | void,
): Promise<void> {
  await withGradebook(options.data, async (gradebook) => {
    const gradebookFile = path.join(resolveTyped(options.data), 'gradebook.sqlite');
    const course = createCourse({ resources, gradebookFile, gradebook, clock: () => Date.now(), newId: randomUUID });
    try {
      await work(course, gradebook.read);
    } finally {
      course.close();
    }
  });
}

/** Questions and assignments by id, or else by title; every one that is called so. @throws PathlightError `no-such-item` */
function named(read: CourseReader, names: readonly string[]): CourseItem[] {
  const items = read.items();
  return names.flatMap((name) => {
    const byId = items.filter(({ id }) => id === name);
    const found = byId.length > 0 ? byId : items.filter(({ title }) => plainTitle(title) === plainTitle(name));
    if (found.length === 0)
      throw new PathlightError('no-such-item', `No question or assignment is called "${name}"; nothing was changed.`, {
        item: name,
      });
    return found;
  });
}

function report({ editId, changed }: EditResult, options: CourseOptions): void {
  if (options.json) console.log(JSON.stringify({ import: editId, changed }));
  else if (editId === null) console.log('Everything was so already; nothing was changed.');
  else console.log(`${plural(changed, 'value')} changed (import ${editId}; pathlight undo --import takes it back).`);
}

export function questionsCommand(options: CourseOptions & { readonly withoutSkill?: boolean }): Promise<void> {
  return withCourse(options, (_course, read) => {
    const items = read.items().filter(({ skills, voided }) => !options.withoutSkill || (skills.length === 0 && !voided));
    if (options.json) {
      console.log(JSON.stringify({ items }, undefined, 1));
      return;
    }
    for (const { kind, id, skills, answers, share, voided, key, weight } of items) {
      const counting = [voided ? 'taken out' : '', key ?? '', weight === 1 ? '' : `× ${weight}`].filter((part) => part !== '');
      console.log(
        [
          kind,
          id,
          skills.join(', ') || 'no skill',
          plural(answers, 'answer'),
          share === null ? '' : `${Math.round(share * 100)}%`,
          ...counting,
        ]
          .filter((part) => part !== '')
          .join('\t'),
      );
    }
  });
}

export function suggestCommand(options: CourseOptions & { readonly accept?: number }): Promise<void> {
  return withCourse(options, async (course) => {
    const groups = await course.suggestions();
    if (options.accept !== undefined) {
      const group = groups[options.accept - 1];
      if (!group)
        throw new PathlightError('no-such-suggestion', `There is no suggestion ${options.accept}; nothing was changed.`);
      report(course.assign(group.items, 'add', group.skills), options);
      return;
    }
    if (options.json) console.log(JSON.stringify({ suggestions: groups }, undefined, 1));
    else
      groups.forEach(({ skills, reason, items }, index) => {
        console.log(`${index + 1}. ${skills.join(', ')}: ${REASONS[reason.code](reason as never)}`);
        for (const { title } of items) console.log(`   ${title}`);
      });
  });
}

const REASONS = {
  begins: (reason: { text: string; with: number; of: number }) =>
    `${reason.with} of ${reason.of} titles that begin "${reason.text}" have it`,
  similar: (reason: { title: string }) => `like "${reason.title}"`,
  names: () => 'the title says its name',
  topic: (reason: { count: number }) => `${reason.count} titles begin with it; it would be a new skill`,
} as const;

export function assignCommand(
  names: readonly string[],
  options: CourseOptions & { readonly skills: readonly string[]; readonly mode: AssignMode },
): Promise<void> {
  return withCourse(options, (course, read) => report(course.assign(named(read, names), options.mode, options.skills), options));
}

export function countCommand(
  names: readonly string[],
  options: CourseOptions & {
    readonly void?: boolean;
    readonly restore?: boolean;
    readonly key?: AnswerKey | 'file';
    readonly weight?: number;
    readonly note: string;
  },
): Promise<void> {
  const change: CountingChange = {
    ...(options.void ? { voided: true } : options.restore ? { voided: false } : {}),
    ...(options.key === undefined ? {} : { key: options.key === 'file' ? null : options.key }),
    ...(options.weight === undefined ? {} : { weight: options.weight }),
  };
  return withCourse(options, (course, read) => report(course.count(named(read, names), change, options.note), options));
}

export function ruleCommand(
  options: CourseOptions & {
    readonly place: RulePlace;
    readonly text: string;
    readonly skills: readonly string[];
    readonly apply?: boolean;
  },
): Promise<void> {
  return withCourse(options, (course) => {
    const { place, text, skills } = options;
    const { fills, keeps } = course.effectOf({ place, text });
    if (!options.apply) {
      console.log(
        `Would give skills to ${fills.length}; ${keeps} more fit and keep theirs. Add --apply to save the rule and apply it.`,
      );
      for (const { title } of fills) console.log(`  ${title}`);
      return;
    }
    report(course.applyRule(course.saveRule({ place, text, skills }).id), options);
  });
}

export function mapCommand(options: CourseOptions & { readonly out: string; readonly format: 'csv' | 'case' }): Promise<void> {
  return withCourse(options, (_course, read) => {
    const map = { skills: read.skillUse(), prerequisites: read.courseMap().prerequisites };
    writeFileSync(resolveTyped(options.out), options.format === 'csv' ? mapToCsv(map) : mapToCase(map, 'Skills', Date.now()));
    console.log(`${plural(map.skills.length, 'skill')} and ${plural(map.prerequisites.length, 'prerequisite')} written.`);
  });
}

export function starterMapCommand(
  options: CourseOptions & { readonly language: 'en' | 'zh'; readonly scope?: 'part' | 'all'; readonly apply?: boolean },
): Promise<void> {
  return withCourse(options, (course) => {
    const own = course.previewStarter({ language: options.language, scope: 'part' });
    const scope = options.scope ?? (own.matched.length > 0 ? 'part' : 'all');
    const choice = { language: options.language, scope };
    if (options.apply) return report(course.takeStarter(choice), options);
    const effect = course.previewStarter(choice);
    if (options.json) {
      console.log(JSON.stringify({ scope, ...effect }, undefined, 1));
      return;
    }
    const { fresh, matched, links, closing, takenAway } = effect;
    const leftOut = closing.length + takenAway.length;
    console.log(
      `Would add ${plural(fresh.length, 'skill')} and ${plural(links.length, 'prerequisite')}` +
        `${leftOut > 0 ? `, leaving out ${plural(leftOut, 'prerequisite')} that would close a circle or that you took away` : ''}. Add --apply to do so.`,
    );
    for (const { name, own } of matched) console.log(`  ${name} is ${own.name} of the course`);
    for (const name of fresh) console.log(`  new: ${name}`);
  });
}
