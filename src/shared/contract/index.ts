import { z } from 'zod';
import { askingRoutes } from './asking.ts';
import { backupRoutes } from './backups.ts';
import { job } from './common.ts';
import { classroomRoutes } from './classroom.ts';
import { computingRoutes } from './computing.ts';
import { courseRoutes } from './course.ts';
import { explanationRoutes } from './explanations.ts';
import { gradebookRoutes } from './gradebook.ts';
import { importRoutes } from './imports.ts';
import { modelRoutes } from './model.ts';
import { resultRoutes } from './results.ts';
import { studentRoutes } from './students.ts';
import { planRoutes } from './plans.ts';
import { systemRoutes } from './system.ts';
import { teacherRoutes } from './teacher.ts';
import { trustRoutes } from './trust.ts';

/** Every call that a screen can make. Adding a route here is what makes it exist. */
export const routes = {
  ...systemRoutes,
  ...backupRoutes,
  ...importRoutes,
  ...gradebookRoutes,
  ...studentRoutes,
  ...askingRoutes,
  ...modelRoutes,
  ...computingRoutes,
  ...planRoutes,
  ...explanationRoutes,
  ...courseRoutes,
  ...teacherRoutes,
  ...trustRoutes,
  ...resultRoutes,
  ...classroomRoutes,
};
export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type RouteInput<Name extends RouteName> = z.input<Routes[Name]['input']>;
export type RouteOutput<Name extends RouteName> = z.output<Routes[Name]['output']>;

export const failure = z.object({
  code: z.string(),
  message: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Failure = z.infer<typeof failure>;

/** Electron keeps only the message of a rejected invoke, so failures travel as data. */
export type Envelope<Data> = { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly error: Failure };

export const applicationEvent = z.discriminatedUnion('type', [
  /** `result` is the job's own result once it is done. */
  z.object({ type: z.literal('job'), job, result: z.unknown().optional() }),
  /** The gradebook's content changed, by this window or another process: read again. */
  z.object({ type: z.literal('gradebook.changed') }),
  z.object({ type: z.literal('model.changed') }),
  /** How far the preview of the chosen files is, 0 to 1. */
  z.object({ type: z.literal('preview'), fraction: z.number() }),
]);
export type ApplicationEvent = z.infer<typeof applicationEvent>;

/** A file that the host holds for the application: chosen, dropped or made for export. */
export interface FileHandle {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** What a window can do; preload provides it in Electron, a small client in the browser host. */
export interface PathlightApi {
  readonly host: 'electron' | 'browser';
  call<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<Envelope<RouteOutput<Name>>>;
  /** Returns a function that stops listening. */
  onEvent(listener: (event: ApplicationEvent) => void): () => void;
  /** Opens the system's file dialog; an empty list where the person closed it. */
  chooseFiles(): Promise<readonly FileHandle[]>;
  /** Hands dropped files to the application. */
  addFiles(files: readonly File[]): Promise<readonly FileHandle[]>;
  /** Saves a file made by `plans.export` (save dialog, or a download). */
  saveFile(fileId: string): Promise<{ readonly saved: boolean }>;
}
