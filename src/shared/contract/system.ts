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
    }),
  ),
  /** Imports the shipped sample class; only into an empty gradebook. Job result is an ImportResult. */
  'system.loadSample': route(nothing, jobReference),
  'jobs.list': route(nothing, z.object({ jobs: z.array(job) })),
  'jobs.cancel': route(z.object({ jobId: z.string() }), z.object({ cancelled: z.boolean() })),
};
