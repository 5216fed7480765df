import type { ApplicationEvent } from '../shared/contract/index.ts';
import { PathlightError } from '../shared/errors.ts';
import type { Application, ApplicationOptions } from './application-options.ts';
import { keepRecoverable } from './recoverable.ts';
import type { BackupRouteName, Recoverable } from './recoverable.ts';
import { createImporting } from './services/importing/importing.ts';
import { createPreviews } from './services/importing/previews.ts';
import { listBackups } from './database/backups/backup-files.ts';
import { openGradebook } from './database/gradebook.ts';
import { answer } from './services/calls.ts';
import type { Handlers } from './services/calls.ts';
import { createStagedFiles, fileNameOf } from './services/files.ts';
import { createGradebookService } from './services/gradebook/gradebook-handlers.ts';
import { askingHandlers } from './services/asking/asking.ts';
import { createClassroom } from './services/classroom/classroom.ts';
import { backendNamed, createComputing } from './services/computing.ts';
import { createCourse } from './services/course/course.ts';
import { courseHandlers } from './services/course/routes.ts';
import { createJobs } from './services/jobs.ts';
import type { RunningHooks } from './services/jobs.ts';
import { createModels } from './services/models.ts';
import { explanationHandlers } from './services/plans/explanation-routes.ts';
import { planHandlers } from './services/plans/routes.ts';
import { createPractice } from './services/plans/practice.ts';
import { createPrinter } from './services/plans/printer.ts';
import { createProfiles } from './services/profiles.ts';
import { loadSample } from './services/sample.ts';
import { createSettings } from './services/settings.ts';
import { teacherHandlers } from './services/teacher/routes.ts';
import { createGainFactorRenewal } from './services/trust/gain-factor-renewal.ts';
import { resultHandlers } from './services/results/routes.ts';
import { trustHandlers } from './services/trust/routes.ts';
import type { ImportSource } from './services/ports.ts';
import type { ImportChoices } from '../shared/contract/imports.ts';

/** How often another process's writes are looked for. */
const WATCH_EVERY_MS = 1000;

/**
 * Wires the services; Electron and the browser host are thin adapters over what this returns. Where the gradebook is damaged, what is returned says so and
 * restores a backup.
 * @throws PathlightError `folder-in-use`, `newer-schema`, `unknown-backend`, `backup-failed`, `read-only`, `disk-full`
 */
export function createApplication(options: ApplicationOptions): Application {
  return keepRecoverable(options, (around) => openApplication(options, around));
}

/** The application over a gradebook that can be opened. */
function openApplication(options: ApplicationOptions, around: Recoverable): Application {
  const { folder, clock, newId } = options;
  const asked = backendNamed(options.backend);
  const { gradebookFile } = around;
  const gradebook = openGradebook({ file: gradebookFile, clock });
  const notices = gradebook.takeInterruptions();
  const listeners = new Set<(event: ApplicationEvent) => void>();
  const emit = (event: ApplicationEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const importing = createImporting({
    gradebookFile,
    gradebook,
    clock,
    newId,
    onWarning: around.warn,
    spawn: options.spawnImporter,
  });
  const previews = createPreviews(importing, (fraction) => emit({ type: 'preview', fraction }));
  const jobs = createJobs({ clock, newId, emit });
  const computing = createComputing({
    settings: createSettings(folder),
    spawnTrainer: options.spawnTrainer,
    asked,
    training: () => jobs.list().some((job) => job.kind === 'train' && job.state === 'running'),
  });
  const models = createModels({
    folder,
    resources: options.resources,
    gradebook,
    clock,
    newId,
    spawnTrainer: options.spawnTrainer,
    backendWish: computing.wish,
  });
  const profiles = createProfiles({ gradebook, models, clock });
  const files = createStagedFiles(newId);
  const course = createCourse({ resources: options.resources, gradebookFile, gradebook, clock, newId });
  const practice = createPractice(options.resources);
  const printer = createPrinter(options.printToPdf);
  const classroom = createClassroom({
    gradebookFile,
    gradebook,
    profiles,
    clock,
    newId,
    files,
    printer,
    changed: () => noticeChange(),
  });

  let seenVersion = gradebook.read.dataVersion();
  const noticeChange = (): void => {
    const version = gradebook.read.dataVersion();
    if (version === seenVersion) return;
    seenVersion = version;
    emit({ type: 'gradebook.changed' });
    renewal.soon();
  };
  const renewal = createGainFactorRenewal({ gradebook, models, clock, onChanged: () => noticeChange() });
  // A backup that another process writes changes no row. (The folder's time would not do: who looks into a backup changes that.)
  const backupNames = (): string =>
    listBackups(gradebookFile)
      .map(({ name }) => name)
      .join();
  let seenBackups = backupNames();
  const watch = setInterval(() => {
    noticeChange();
    const names = backupNames();
    if (names !== seenBackups) emit({ type: 'gradebook.changed' });
    seenBackups = names;
  }, WATCH_EVERY_MS);
  watch.unref();

  const { currentClass } = gradebook.read;
  const grid = createGradebookService({ gradebookFile, clock, newId, currentClass, changed: noticeChange, addFile: files.add });

  const startWriting = (
    kind: 'import' | 'undo' | 'sample',
    run: (hooks: RunningHooks) => Promise<unknown>,
  ): { jobId: string } => ({
    jobId: jobs.start(kind, async (hooks) => {
      try {
        return await run(hooks);
      } finally {
        noticeChange();
      }
    }),
  });
  const staged = (ids: readonly string[], choices: Readonly<Record<string, ImportChoices>> = {}): ImportSource[] =>
    ids.map((id) => ({ ...files.take(id), choices: choices[id] }));

  const handlers: Omit<Handlers, BackupRouteName> = {
    ...grid.handlers,
    ...planHandlers({
      gradebook,
      profiles,
      models,
      files,
      clock,
      version: options.version,
      printer,
      practice,
      onOwnWrite: () => {
        seenVersion = gradebook.read.dataVersion();
      },
      onHandedOut: () => emit({ type: 'gradebook.changed' }),
    }),
    ...classroom.handlers,
    ...resultHandlers({
      ...{ read: gradebook.read, importing, practice, noticeChange },
      nextStep: (studentId) => profiles.plan(studentId).steps[0]?.skill ?? null,
    }),
    ...explanationHandlers({ profiles }),
    ...teacherHandlers({ gradebook, profiles, clock, newId, files, noticeChange }),
    ...trustHandlers({
      folder,
      resources: options.resources,
      gradebook,
      models,
      clock,
      newId,
      files,
      printer,
      onModelChanged: () => {
        seenVersion = gradebook.read.dataVersion();
        emit({ type: 'model.changed' });
      },
    }),
    ...askingHandlers({ read: gradebook.read, profiles }),
    ...courseHandlers({
      course,
      read: gradebook.read,
      profiles,
      clock,
      addFile: files.add,
      currentClass: () => gradebook.read.currentClass(),
      noticeChange,
    }),
    'system.status': () => ({
      version: options.version,
      host: options.host,
      folder,
      gradebook: gradebook.read.counts(),
      notices: notices.map((notice) => ({ ...notice, detail: { ...notice.detail } })),
      recovery: null,
    }),
    'system.loadSample': ({ language }) => {
      if (gradebook.read.counts().students > 0)
        throw new PathlightError('not-empty', 'The sample class goes into an empty gradebook only; this one has students.');
      return startWriting('sample', (hooks) =>
        loadSample({ resources: options.resources, language, gradebook, importing, hooks }),
      );
    },
    'jobs.list': () => ({ jobs: [...jobs.list()] }),
    'jobs.cancel': ({ jobId }) => ({ cancelled: jobs.cancel(jobId) }),
    'imports.glance': async ({ fileIds, choices }) => ({ files: [...(await importing.glance(staged(fileIds, choices)))] }),
    'imports.preview': async ({ fileIds, choices }) => ({ files: [...(await previews.newest(staged(fileIds, choices)))] }),
    'imports.commit': ({ fileIds, choices }) => {
      const chosen = staged(fileIds, choices);
      return startWriting('import', (hooks) => importing.commit(chosen, hooks));
    },
    'imports.list': () => ({ imports: [...importing.list()] }),
    'imports.undo': ({ importId }) => startWriting('undo', (hooks) => importing.undo(importId, hooks)),
    'classes.list': () => ({
      classes: gradebook.read.classes().map((each) => ({ ...each })),
      students: gradebook.read.counts().students,
      current: gradebook.read.currentClass(),
    }),
    'classes.overview': ({ classId }) => profiles.overview(classId === undefined ? gradebook.read.currentClass() : classId),
    'students.find': ({ text, limit }) => ({ students: gradebook.read.findStudents(text, limit).map((each) => ({ ...each })) }),
    'students.open': ({ studentId }) => profiles.student(studentId),
    'students.add': ({ names, className }) => {
      const added = importing.addStudents(names, className);
      noticeChange();
      return { importId: added.importId, students: [...added.students] };
    },
    'students.development': async ({ studentId }) => ({ development: await profiles.development(studentId) }),
    'students.addAnswers': ({ studentId, answers }) => {
      const before = profiles.student(studentId);
      const { importId } = importing.addAnswers(studentId, answers);
      const after = profiles.student(studentId);
      noticeChange();
      return { importId, before, after };
    },
    'students.undoAnswers': async ({ importId }) => {
      const result = await importing.undo(importId, {});
      noticeChange();
      return result;
    },
    'questions.search': ({ text, limit }) => ({
      questions: gradebook.read.searchQuestions(text, limit).map((each) => ({ ...each, skills: [...each.skills] })),
    }),
    'skills.map': () => ({
      skills: gradebook.read.skillUse().map((each) => ({ ...each })),
      prerequisites: gradebook.read.courseMap().prerequisites.map((pair) => ({ ...pair })),
      circles: gradebook.read.circles().map((circle) => [...circle]),
    }),
    'model.status': () => models.status(),
    'model.train': ({ seed }) => ({
      jobId: jobs.start('train', async (hooks) => {
        const finished = gradebook.markInterruptible('train');
        try {
          const result = await models.train(hooks, seed ?? 1);
          emit({ type: 'model.changed' });
          return result;
        } finally {
          finished();
        }
      }),
    }),
    'model.diagnostics': () => models.diagnostics(),
    'computing.status': () => computing.status(),
    'computing.probe': () => {
      // A second window waits for the same answer.
      const running = jobs.list().find((job) => job.kind === 'probe' && job.state === 'running');
      return { jobId: running?.id ?? jobs.start('probe', computing.probe) };
    },
    'computing.choose': ({ backend }) => {
      if (jobs.list().some((job) => job.kind === 'probe' && job.state === 'running'))
        throw new PathlightError('probe-runs', 'The backends are being tried. Wait until that has ended, or stop it.');
      return { jobId: jobs.start('probe', (hooks) => computing.choose(backend, hooks)) };
    },
  };

  return {
    call: (name, input) => answer(handlers, name, input),
    stageFile: (name, bytes) => files.add(fileNameOf(name), bytes),
    takeFile: (id) => files.take(id),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearInterval(watch);
      for (const job of jobs.list()) jobs.cancel(job.id);
      previews.stop();
      await renewal.close();
      await jobs.settled();
      await importing.close();
      grid.close();
      course.close();
      classroom.close();
      gradebook.close();
    },
  };
}
