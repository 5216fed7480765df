import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BackupRecord } from '../shared/contract/backups.ts';
import type { backupRoutes } from '../shared/contract/backups.ts';
import type { ApplicationEvent, Envelope, Failure, RouteName, RouteOutput } from '../shared/contract/index.ts';
import { PathlightError } from '../shared/errors.ts';
import type { Application, ApplicationOptions } from './application-options.ts';
import { lockFolder } from './database/lock.ts';
import type { FolderLock } from './database/lock.ts';
import { RECOVERABLE } from './database/open.ts';
import { explainSystemError } from './database/system-errors.ts';
import { createBackups } from './services/backups/backups.ts';
import { answer } from './services/calls.ts';
import type { Handlers } from './services/calls.ts';
import { describeFailure } from './services/failure.ts';
import { createStagedFiles, fileNameOf } from './services/files.ts';

export type BackupRouteName = keyof typeof backupRoutes;

/** What the application over an open gradebook gets from around it. */
export interface Recoverable {
  readonly gradebookFile: string;
  /** For what went wrong and stopped nothing; it stands among the notices until the next start. */
  readonly warn: (warning: PathlightError) => void;
}

/** The window comes first. */
const FIRST_LOOK_MS = 5000;
const LOOK_EVERY_MS = 30 * 60_000;
const NOTHING = { students: 0, questions: 0, answers: 0, marks: 0 };

/** @throws PathlightError `folder-in-use`, `read-only`, `disk-full` */
function takeFolder(folder: string): FolderLock {
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(folder);
  } catch (error) {
    throw explainSystemError(error) ?? error;
  }
}

/**
 * Holds the data folder, answers all calls about backups, and has everything else answered by an application that it opens, and opens anew after a restore. Where
 * the gradebook cannot be opened for what a backup can mend, there is none, and the status says why.
 * @throws PathlightError `folder-in-use`, and what `open` throws beyond `RECOVERABLE`
 */
export function keepRecoverable(options: ApplicationOptions, open: (around: Recoverable) => Application): Application {
  const { folder, clock } = options;
  const lock = takeFolder(folder);
  const gradebookFile = path.join(folder, 'gradebook.sqlite');
  const backups = createBackups({ gradebookFile, clock, spawn: options.spawnBackup });
  /** A backup that is chosen while no gradebook is open. */
  const held = createStagedFiles(options.newId);
  const listeners = new Set<(event: ApplicationEvent) => void>();
  const warnings = new Map<string, PathlightError>();
  let inner: Application | undefined;
  let trouble: Failure | undefined;
  /** Calls wait while one gradebook takes the place of another. */
  let exchange: Promise<unknown> | undefined;

  const emit = (event: ApplicationEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const changed = (): void => {
    emit({ type: 'gradebook.changed' });
    emit({ type: 'model.changed' });
  };
  const warn = (warning: PathlightError): void => {
    warnings.set(warning.code, warning);
    emit({ type: 'gradebook.changed' });
  };
  const openInner = (): void => {
    try {
      inner = open({ gradebookFile, warn });
      inner.onEvent(emit);
      trouble = undefined;
    } catch (error) {
      trouble = describeFailure(error);
      if (!RECOVERABLE.includes(trouble.code)) throw error;
    }
  };
  const closeInner = async (): Promise<void> => {
    const closing = inner;
    inner = undefined;
    await closing?.close();
  };
  /** One gradebook for another, with nothing else going on. */
  const exchanging = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const jobs = await inner?.call('jobs.list', {});
    if (exchange || (jobs?.ok && jobs.data.jobs.some((job) => job.state === 'running')))
      throw new PathlightError('work-runs', 'Something is still running. Wait until it has ended, or stop it, and try again.');
    const done = (async () => {
      await closeInner();
      try {
        return await work();
      } finally {
        openInner();
      }
    })();
    exchange = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      exchange = undefined;
      changed();
    }
  };
  /** The screen that restored is gone when a gradebook opens again. */
  const sayKept = (damaged: boolean) => (result: { keptAs: string | null }) => {
    if (damaged && result.keptAs !== null)
      warnings.set(
        'damaged-kept',
        new PathlightError('damaged-kept', `It is kept as ${result.keptAs}.`, { kept: result.keptAs }),
      );
    return result;
  };
  /** Damage that is found later on is no reason to write on into a damaged file. */
  const whenDamaged = async (error: unknown): Promise<void> => {
    const failure = describeFailure(error);
    if (!RECOVERABLE.includes(failure.code)) return warn(new PathlightError(failure.code, failure.message, failure.detail));
    trouble = failure;
    await closeInner();
    changed();
  };
  const inBackground = async (work: () => Promise<void>): Promise<void> => {
    if (inner === undefined || exchange) return;
    const status = await inner.call('system.status', {});
    if (!status.ok || status.data.notices.some(({ code }) => code === 'read-only')) return;
    await work().catch(whenDamaged);
  };

  const handlers: Handlers<BackupRouteName> = {
    'backups.list': () => ({ folder: backups.folder, backups: backups.list() }),
    'backups.preview': ({ name }) => backups.preview(name, inner !== undefined),
    'backups.make': async () => {
      if (!inner) throw new PathlightError(trouble!.code, trouble!.message, trouble!.detail);
      const made: BackupRecord | null = await backups.make().catch(async (error: unknown) => {
        if (RECOVERABLE.includes(describeFailure(error).code)) await whenDamaged(error);
        throw error;
      });
      emit({ type: 'gradebook.changed' });
      return { backup: made ?? backups.list()[0] ?? null, made: made !== null };
    },
    'backups.add': async ({ fileId }) => {
      const { name, bytes } = inner ? inner.takeFile(fileId) : held.take(fileId);
      return { backup: await backups.add(name, bytes) };
    },
    'backups.restore': ({ name }) => {
      const over = inner === undefined;
      return exchanging(() => backups.restore(name, over).then(sayKept(over)));
    },
    'backups.startEmpty': () => {
      if (inner)
        throw new PathlightError(
          'gradebook-open',
          'The gradebook is open and sound; nothing was changed. Undo imports to empty it.',
        );
      return exchanging(() => Promise.resolve(sayKept(true)(backups.setAside())));
    },
  };
  const isAboutBackups = (name: string): name is BackupRouteName => Object.hasOwn(handlers, name);
  const unavailable = (): Envelope<never> => ({
    ok: false,
    error: {
      code: 'gradebook-unavailable',
      message: `The gradebook cannot be opened. ${trouble?.message ?? ''} Restore a backup first.`,
      detail: {},
    },
  });
  const statusInTrouble = (): RouteOutput<'system.status'> => ({
    version: options.version,
    host: options.host,
    folder,
    gradebook: NOTHING,
    notices: [],
    recovery: trouble ?? null,
  });

  try {
    openInner();
  } catch (error) {
    lock.release();
    throw error;
  }
  const firstLook = setTimeout(() => {
    void inBackground(async () => {
      await backups.check(false);
      await backups.makeDaily();
    });
  }, FIRST_LOOK_MS);
  const look = setInterval(() => void inBackground(() => backups.makeDaily()), LOOK_EVERY_MS);
  firstLook.unref();
  look.unref();

  return {
    async call<Name extends RouteName>(name: Name, input: unknown): Promise<Envelope<RouteOutput<Name>>> {
      if (isAboutBackups(name)) return answer(handlers, name, input) as Promise<Envelope<RouteOutput<Name>>>;
      await exchange;
      if (inner === undefined) {
        if (name === 'system.status') return { ok: true, data: statusInTrouble() as RouteOutput<Name> };
        return unavailable();
      }
      const envelope = await inner.call(name, input);
      if (envelope.ok && name === 'system.status')
        (envelope.data as RouteOutput<'system.status'>).notices.push(
          ...[...warnings.values()].map(({ code, detail }) => ({ code, detail: { ...detail } })),
        );
      if (!envelope.ok && envelope.error.code === 'damaged-gradebook') void inBackground(() => backups.check(true));
      return envelope;
    },
    stageFile(name, bytes) {
      return inner ? inner.stageFile(name, bytes) : held.add(fileNameOf(name), bytes);
    },
    takeFile(id) {
      return inner ? inner.takeFile(id) : held.take(id);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearTimeout(firstLook);
      clearInterval(look);
      await exchange;
      await backups.settled();
      await closeInner();
      lock.release();
    },
  };
}
