import type { z } from 'zod';
import type { courseRoutes, starterEffect as starterSchema } from '../../../shared/contract/course.ts';
import type { FileHandle } from '../../../shared/contract/index.ts';
import type { CourseReader } from './ports.ts';
import type { Clock } from '../ports.ts';
import type { Profiles } from '../profiles.ts';
import type { Course, RuleEffect } from './course.ts';
import { mapToCase, mapToCsv } from './map-files.ts';
import type { Adoption } from './starter-map.ts';
import { skillStanding } from './standing.ts';

type Handlers = {
  readonly [Name in keyof typeof courseRoutes]: (
    input: z.output<(typeof courseRoutes)[Name]['input']>,
  ) => z.output<(typeof courseRoutes)[Name]['output']> | Promise<z.output<(typeof courseRoutes)[Name]['output']>>;
};

const effect = ({
  fills,
  keeps,
}: RuleEffect): { fills: { kind: 'question' | 'assignment'; id: string; title: string }[]; keeps: number } => ({
  fills: fills.map(({ kind, id, title }) => ({ kind, id, title })),
  keeps,
});

const starterEffect = ({ matched, fresh, links, closing, takenAway }: Adoption): z.output<typeof starterSchema> => ({
  matched: matched.map(({ name, own: { id, name: called } }) => ({ name, own: { id, name: called } })),
  fresh: [...fresh],
  links: links.length,
  closing: closing.length,
  takenAway: takenAway.length,
});

/** What screens can do with the course. */
export function courseHandlers(options: {
  readonly course: Course;
  readonly read: CourseReader;
  readonly profiles: Profiles;
  readonly clock: Clock;
  readonly addFile: (name: string, bytes: Uint8Array, mime: string) => FileHandle;
  readonly currentClass: () => string | null;
  /** To be called after each write: windows read again. */
  readonly noticeChange: () => void;
}): Handlers {
  const { course, read, profiles } = options;
  const noticed = <Result>(result: Result): Result => {
    options.noticeChange();
    return result;
  };
  return {
    'questions.list': () => ({
      items: read.items().map((item) => ({ ...item, skills: [...item.skills] })),
      skills: read.skillUse().map(({ id, name }) => ({ id, name })),
    }),
    'questions.assign': ({ items, mode, skills }) => noticed(course.assign(items, mode, skills)),
    'questions.count': ({ items, change, note }) => noticed(course.count(items, change, note)),
    'questions.accept': ({ groups }) => noticed(course.accept(groups)),
    'questions.suggest': async () => {
      const suggestions = (await course.suggestions()).map(({ id, skills, reason: { code, ...detail }, items }) => ({
        id,
        skills: [...skills],
        reason: { code, detail },
        items: items.map((item) => ({ kind: item.kind, id: item.id, title: item.title })),
      }));
      const open = read.items().filter((item) => !item.voided && item.skills.length === 0).length;
      return { suggestions, left: open - suggestions.reduce((sum, { items }) => sum + items.length, 0) };
    },
    'rules.list': () => ({
      rules: read.rules().map((rule) => ({ ...rule, skills: [...rule.skills], effect: effect(course.effectOf(rule)) })),
    }),
    'rules.try': (rule) => effect(course.effectOf(rule)),
    'rules.save': (rule) => noticed({ ...course.saveRule(rule) }),
    'rules.remove': ({ id }) => noticed({ removed: course.removeRule(id) }),
    'rules.apply': ({ id }) => noticed(course.applyRule(id)),
    'course.edits': () => ({ edits: read.edits().map((each) => ({ ...each, detail: { ...each.detail } })) }),
    'course.undo': ({ editId }) => {
      const { restored, kept } = course.undo(editId);
      return noticed({ restored, kept: kept.map((each) => ({ ...each })) });
    },
    'skills.add': ({ name }) => noticed(course.addSkill(name)),
    'skills.rename': ({ skill, name }) => noticed(course.renameSkill(skill, name)),
    'skills.merge': ({ skill, into }) => noticed(course.mergeSkill(skill, into)),
    'skills.remove': ({ skill }) => noticed(course.removeSkill(skill)),
    'skills.link': ({ skill, prerequisite, linked }) => noticed(course.link(skill, prerequisite, linked)),
    'skills.starter': ({ language }) => ({
      part: starterEffect(course.previewStarter({ language, scope: 'part' })),
      all: starterEffect(course.previewStarter({ language, scope: 'all' })),
    }),
    'skills.takeStarter': (choice) => noticed(course.takeStarter(choice)),
    'skills.export': ({ format }) => {
      const map = { skills: read.skillUse(), prerequisites: read.courseMap().prerequisites };
      const [name, mime, text] =
        format === 'csv'
          ? ['skills.csv', 'text/csv; charset=utf-8', mapToCsv(map)]
          : ['skills.json', 'application/json', mapToCase(map, 'Skills', options.clock())];
      const handle = options.addFile(name, new TextEncoder().encode(text), mime);
      return { fileId: handle.id, name: handle.name, mime };
    },
    'skills.standing': async ({ classId }) => {
      const { skills, students } = await profiles.overview(classId === undefined ? options.currentClass() : classId);
      const newcomer = profiles.newcomer();
      return {
        skills: skillStanding(skills, read.courseMap().prerequisites, students, newcomer),
        students: students.length,
      };
    },
  };
}
