import { z } from 'zod';
import { jobReference, nothing } from './common.ts';
import { route } from './route.ts';

/** Tensor backends, fastest first. */
export const BACKEND_NAMES = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
export const backendName = z.enum(BACKEND_NAMES);
export type BackendName = z.infer<typeof backendName>;

const refusal = z.object({
  /** Words are `computing.refusals.<code>`. */
  code: z.string(),
  /** One English sentence without its subject. */
  reason: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});

const selfTest = z.object({ checks: z.number(), milliseconds: z.number() });

/** What computes in a training. */
export const capability = z.object({
  backend: backendName,
  version: z.string(),
  gpu: z.boolean(),
  device: z.string().nullable(),
  selfTest,
  refused: z.array(refusal.extend({ backend: backendName })),
});
export type Capability = z.infer<typeof capability>;

/** What one backend can do on this computer. */
export const backendProbe = z.object({
  backend: backendName,
  version: z.string().nullable(),
  gpu: z.boolean(),
  device: z.string().nullable(),
  /** Null where it did not get that far. */
  selfTest: selfTest.nullable(),
  /** Milliseconds of one step of the default learner; null where it was not timed. */
  stepMilliseconds: z.number().nullable(),
  /** Why it is not used; null where it may be. */
  refusal: refusal.nullable(),
});
export type BackendProbe = z.infer<typeof backendProbe>;

export const computingStatus = z.object({
  /** All backends, in the ladder's order, as far as they have been tried since the start. */
  probes: z.array(backendProbe),
  /** Chosen in the settings; null: the fastest that works. */
  chosen: backendName.nullable(),
  /** Asked for when Pathlight was started, which goes before the choice. */
  asked: backendName.nullable(),
  /** What a training would use now; null until everything before it has been tried, or where nothing may be used. */
  used: backendName.nullable(),
});
export type ComputingStatus = z.infer<typeof computingStatus>;

export const computingRoutes = {
  'computing.status': route(nothing, computingStatus),
  /** Tries every backend, each in a process of its own; job result is a ComputingStatus. */
  'computing.probe': route(nothing, jobReference),
  /** Tries the backend and keeps the choice where it works; null: the fastest that works. Job result is a ComputingStatus. */
  'computing.choose': route(z.object({ backend: backendName.nullable() }), jobReference),
};
