import { z } from 'zod';
import { job, jobReference, nothing, strategy, plan } from './common.ts';
import { gradebookCounts } from './imports.ts';
import { route } from './route.ts';

export const systemRoutes = {
  'system.status': route(
    nothing,
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser']),
      folder: z.string(),
      gradebook: gradebookCounts,
      /** What happened at start that a person should know: words `system.notices.<code>`, e.g. interrupted-import, interrupted-training. */
      notices: z.array(z.object({ code: z.string(), detail: z.record(z.string(), z.union([z.string(), z.number()])) })),
      /** Why the gradebook cannot be opened: words `errors.<code>`. Null where it is open; otherwise no call but those about backups is answered. */
      recovery: z
        .object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.union([z.string(), z.number()])) })
        .nullable(),
    }),
  ),
  /** Imports the shipped sample class; only into an empty gradebook. Job result is an ImportResult. */
  'system.loadSample': route(nothing, jobReference),
  'jobs.list': route(nothing, z.object({ jobs: z.array(job) })),
  'jobs.cancel': route(z.object({ jobId: z.string() }), z.object({ cancelled: z.boolean() })),
};

export const planRoutes = {
  /** The study plan as a file. `words` are the labels in the reader's language (renderer: plan.export.*). */
  'plans.export': route(
    z.object({
      studentId: z.string(),
      format: z.enum(['csv', 'html', 'pdf']),
      words: z.object({
        language: z.string(),
        title: z.string(),
        student: z.string(),
        step: z.string(),
        skill: z.string(),
        strategy: z.string(),
        minutes: z.string(),
        forecast: z.string(),
        mastery: z.string(),
        expectedGain: z.string(),
        reason: z.string(),
        basis: z.string(),
        done: z.string(),
        strategies: z.record(strategy, z.string()),
        /** One sentence a step, in the plan's order. */
        reasons: z.array(z.string()),
      }),
    }),
    z.object({ fileId: z.string(), name: z.string(), mime: z.string() }),
  ),
  'plans.get': route(z.object({ studentId: z.string() }), plan),
};
