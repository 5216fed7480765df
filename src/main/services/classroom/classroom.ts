import type { RouteOutput } from '../../../shared/contract/index.ts';
import type { classroomRoutes } from '../../../shared/contract/classroom.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { openGroupsStore } from '../../database/groups-store.ts';
import { openWatchStore } from '../../database/watch-store.ts';
import type { Handlers } from '../calls.ts';
import { fileName } from '../file-name.ts';
import type { StagedFiles } from '../files.ts';
import { PLAN_MIME } from '../plans/routes.ts';
import type { Printer } from '../plans/printer.ts';
import type { Clock, Gradebook } from '../ports.ts';
import type { Member, Profiles } from '../profiles.ts';
import { checkGroups } from './check-groups.ts';
import { groupClass, lessonOf, shownGroups } from './lesson-plan.ts';
import { lessonToCsv, lessonToHtml } from './lesson-page.ts';
import { watchClass } from './watch.ts';
import type { KnownTests } from './watch.ts';
import { skillNames } from '../../../shared/skill-names.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

export interface Classroom {
  readonly handlers: Handlers<keyof typeof classroomRoutes>;
  close(): void;
}

/** What a teacher sees of a class between two lessons: who is not as expected, who works together, and the next lesson. */
export function createClassroom(options: {
  readonly gradebookFile: string;
  readonly gradebook: Gradebook;
  readonly profiles: Profiles;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly files: StagedFiles;
  readonly printer: Printer;
  /** To be called after each write: windows read again. */
  readonly changed: () => void;
}): Classroom {
  const { gradebook, profiles, clock, files } = options;
  const { read } = gradebook;
  const store = openWatchStore(options.gradebookFile);
  const known = new WeakMap<Member['student'], KnownTests>();
  const groups = openGroupsStore(options.gradebookFile);
  const chosen = (classId: string | null | undefined): string | null => (classId === undefined ? read.currentClass() : classId);
  const namesNow = (): SkillNames => skillNames(read.courseMap().skills);
  const grouped = (classId: string | null, size: number) =>
    groupClass({ classId, members: profiles.members(classId), size, standing: groups.standing(classId) });

  return {
    handlers: {
      'classes.watch': (input) => {
        const classId = chosen(input.classId);
        return watchClass({ classId, members: profiles.members(classId), store, skillName: namesNow(), known });
      },
      'warnings.setAside': ({ note, ...warning }) => {
        const id = store.add(warning, note.trim(), clock());
        if (id === undefined) throw new PathlightError('no-such-student', 'This student is not in the gradebook any more.', {});
        options.changed();
        return { id };
      },
      'warnings.bringBack': ({ id }) => {
        const removed = store.remove(id);
        options.changed();
        return { removed };
      },
      'classes.groups': async (input) => {
        const found = await grouped(chosen(input.classId), input.size);
        const { classId, names, grouping, standing, elsewhere } = found;
        return {
          ...{ classId, total: names.size, size: grouping.size, groups: shownGroups(found, namesNow()) },
          ...{ standing: standing && { ...standing }, elsewhere },
        };
      },
      'groups.keep': ({ classId, base, groups: wanted }) => {
        if (wanted) checkGroups(wanted);
        const groupingId = options.newId();
        groups.keep(classId, base, { id: groupingId, at: clock(), groups: wanted });
        options.changed();
        return { groupingId };
      },
      'groups.undo': ({ groupingId }) => {
        groups.undo(groupingId, { id: options.newId(), at: clock() });
        options.changed();
        return {};
      },
      'lesson.plan': async (input) =>
        lessonOf(
          await grouped(chosen(input.classId), input.size),
          input.minutes,
          read.courseMap(),
          read.items(),
          read.material(),
        ),
      'lesson.page': async ({ paper, sheet }) => ({
        html: await options.printer.page(lessonToHtml(sheet, read.school(), paper)),
      }),
      'lesson.export': async ({ format, paper, sheet, name }): Promise<RouteOutput<'lesson.export'>> => {
        const bytes =
          format === 'csv'
            ? new TextEncoder().encode(lessonToCsv(sheet))
            : await options.printer.file(format, lessonToHtml(sheet, read.school(), paper), paper);
        const handle = files.add(`${fileName(name)}.${format}`, bytes, PLAN_MIME[format]);
        return { fileId: handle.id, name: handle.name, mime: PLAN_MIME[format] };
      },
    },
    close() {
      store.close();
      groups.close();
    },
  };
}
