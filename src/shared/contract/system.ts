import { z } from 'zod';
import { job, jobReference, nothing } from './common.ts';
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
  /** Imports the shipped sample class; only into an empty gradebook. `language`: of its skills. Job result is an ImportResult. */
  'system.loadSample': route(z.object({ language: z.enum(['en', 'zh']).default('en') }), jobReference),
  'jobs.list': route(nothing, z.object({ jobs: z.array(job) })),
  'jobs.cancel': route(z.object({ jobId: z.string() }), z.object({ cancelled: z.boolean() })),
};
