import { zipSync } from 'fflate';
import type { FileHandle, RouteInput, RouteOutput } from '../../../shared/contract/index.ts';
import type { PlanStamp, SheetLabels, SheetWords } from '../../../shared/contract/plans.ts';
import { fileName } from '../file-name.ts';
import type { StagedFiles } from '../files.ts';
import type { Models } from '../models.ts';
import type { Clock, Gradebook } from '../ports.ts';
import type { Profiles } from '../profiles.ts';
import { dayOf } from '../../../shared/time.ts';
import { plansToHtml, practiceToHtml } from './page.ts';
import type { Practice } from './practice.ts';
import type { Printer } from './printer.ts';
import { keptContent, NO_WORDS, practiceAgain } from './practice-again.ts';
import { logoAddress } from './school.ts';
import type { SheetSet } from './sheet.ts';
import { plansToCsv } from './table.ts';
import { skillNames } from '../../../shared/skill-names.ts';

export interface PlanHandlersOptions {
  readonly gradebook: Gradebook;
  readonly profiles: Profiles;
  readonly models: Models;
  readonly files: StagedFiles;
  readonly clock: Clock;
  readonly version: string;
  readonly printer: Printer;
  readonly practice: Practice;
  /** Called after what this process wrote itself and no screen needs to read again. */
  readonly onOwnWrite: () => void;
  /** Called once plans have numbers. */
  readonly onHandedOut: () => void;
}

export const PLAN_MIME = { csv: 'text/csv; charset=utf-8', html: 'text/html; charset=utf-8', pdf: 'application/pdf' } as const;

/** What a window asks about study plans and the school's head on them. */
export function planHandlers(options: PlanHandlersOptions) {
  const { gradebook, profiles, models, files, clock, printer } = options;

  const stamp = (): PlanStamp => {
    const { note } = models.current();
    return {
      modelId: note.id,
      modelTrainedAt: note.trainedAt,
      pastStudents: note.pastStudents,
      dataAt: gradebook.read.changedAt(),
      version: options.version,
    };
  };

  const setOf = (labels: SheetLabels, words: readonly SheetWords[], withPractice = false): SheetSet => {
    const skillName = skillNames(gradebook.read.courseMap().skills);
    const day = dayOf(clock());
    return {
      labels,
      school: gradebook.read.school(),
      skillName,
      sheets: words.map((own) => {
        const plan = profiles.plan(own.studentId);
        return {
          plan,
          studentName: gradebook.read.student(own.studentId)?.name ?? own.studentId,
          words: own,
          ...(withPractice ? { practice: options.practice.sheets(plan, skillName, day) } : {}),
        };
      }),
    };
  };

  /** What is handed out is kept, and bears the number under which it is: what then happens is set against it. Where it cannot be made, nothing is kept. */
  const handOut = async <Made>(set: SheetSet, make: (numbered: SheetSet) => Promise<Made>): Promise<Made> => {
    const { note } = models.current();
    const createdAt = clock();
    const kept = gradebook.recordHandedOut(
      set.sheets.map(({ plan }) => ({
        studentId: plan.student,
        modelId: note.id,
        createdAt,
        content: keptContent(plan),
        ...profiles.adaptation(plan.student),
      })),
    );
    try {
      return await make({ ...set, sheets: set.sheets.map((sheet, index) => ({ ...sheet, number: kept[index]!.number })) });
    } catch (error) {
      gradebook.forgetHandedOut(kept.flatMap(({ number, fresh }) => (fresh && number !== undefined ? number : [])));
      throw error;
    } finally {
      options.onHandedOut();
    }
  };

  return {
    'plans.get': ({ studentId }: RouteInput<'plans.get'>) =>
      structuredClone(profiles.plan(studentId)) as RouteOutput<'plans.get'>,
    'plans.list': ({ studentIds }: RouteInput<'plans.list'>) => ({
      plans: studentIds.map((student) => structuredClone(profiles.plan(student)) as RouteOutput<'plans.get'>),
      stamp: stamp(),
    }),
    'plans.page': async ({ audience, paper, practice, labels, sheets }: RouteInput<'plans.page'>) => {
      const page = (set: SheetSet): Promise<string> => printer.page(plansToHtml(set, audience, paper));
      return { html: await handOut(setOf(labels, sheets, practice), page) };
    },
    'plans.export': async (input: RouteInput<'plans.export'>): Promise<RouteOutput<'plans.export'>> => {
      const { format, audience, paper, bundle, labels } = input;
      const written = (set: SheetSet): string => (format === 'csv' ? plansToCsv(set) : plansToHtml(set, audience, paper));
      const make = async (page: string, alike?: string): Promise<Uint8Array> =>
        format === 'csv' ? new TextEncoder().encode(page) : printer.file(format, page, paper, alike);
      const handle = await handOut(setOf(labels, input.sheets, input.practice), async (whole) =>
        bundle === 'one'
          ? makeOne(files, `${fileName(input.name)}.${format}`, await make(written(whole)), PLAN_MIME[format])
          : makeEach(files, whole, input.name, format, written, make),
      );
      return { fileId: handle.id, name: handle.name, mime: bundle === 'one' ? PLAN_MIME[format] : 'application/zip' };
    },
    'practice.skills': () => ({ skills: options.practice.covered(gradebook.read.courseMap().skills) }),
    'practice.page': async ({ studentId, audience, paper, labels, keep }: RouteInput<'practice.page'>) => {
      const set = setOf(labels, [{ studentId, ...NO_WORDS }], true);
      const page = (shown: SheetSet): Promise<string> => printer.page(practiceToHtml(shown, audience, paper));
      return { html: await (keep ? handOut(set, page) : page(set)) };
    },
    'practice.again': async ({ number, audience, paper, labels }: RouteInput<'practice.again'>) => {
      const sheets = [practiceAgain(gradebook.read, options.practice, number)];
      return { html: await printer.page(practiceToHtml({ ...setOf(labels, []), sheets }, audience, paper)) };
    },
    'school.get': () => ({ ...gradebook.read.school() }),
    'school.set': ({ name, logoFileId }: RouteInput<'school.set'>) => {
      const logo =
        logoFileId === undefined
          ? gradebook.read.school().logo
          : logoFileId === null
            ? null
            : logoAddress(files.take(logoFileId));
      gradebook.setSchool({ name: name.trim(), logo });
      options.onOwnWrite();
      return { ...gradebook.read.school() };
    },
  };
}

const makeOne = (files: StagedFiles, name: string, bytes: Uint8Array, mime: string): FileHandle => files.add(name, bytes, mime);

/** A zip with a file for each student; two of one name stay two, also where a system does not tell capitals. */
async function makeEach(
  files: StagedFiles,
  set: SheetSet,
  name: string,
  format: keyof typeof PLAN_MIME,
  written: (set: SheetSet) => string,
  make: (page: string, alike: string) => Promise<Uint8Array>,
): Promise<FileHandle> {
  const alike = written(set);
  const entries: Record<string, Uint8Array> = {};
  const taken = new Set<string>();
  for (const sheet of set.sheets) {
    const wanted = fileName(`${set.labels.title} ${sheet.studentName}`);
    let entry = `${wanted}.${format}`;
    for (let twin = 2; taken.has(entry.toLowerCase()); twin++) entry = `${wanted} (${twin}).${format}`;
    taken.add(entry.toLowerCase());
    entries[entry] = await make(written({ ...set, sheets: [sheet] }), alike);
  }
  // A fixed moment: the same plans make the same archive.
  const bytes = zipSync(entries, { mtime: new Date(1980, 0, 1) });
  return files.add(`${fileName(name)}.zip`, bytes, 'application/zip');
}
