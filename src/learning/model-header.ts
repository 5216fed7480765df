import { z } from 'zod';
import { adoption, reliabilityBin } from '../shared/contract/model.ts';
import { evaluationReport } from '../shared/contract/evaluation.ts';
import { BASELINE_NAMES, STORED_BASELINE_NAMES } from './baselines/baseline.ts';
import { KINSHIPS } from './dynamics/structure.ts';

/** Raised when a reader of this version could not make sense of the file any more. */
export const MODEL_VERSION = 3;

/** SHA-256, hexadecimal; given by the caller, because hashing belongs to the platform. */
export type Sha256 = (bytes: Uint8Array) => string;

const estimate = z.object({ value: z.number(), standardError: z.number() });
const pair = z.tuple([z.number(), z.number()]);
const area = z.enum(['background', 'preference', 'behaviour']);
/** What model.json holds. */
export const modelHeader = z.object({
  format: z.literal('pathlight-model'),
  version: z.number().int(),
  checksum: z.object({ weights: z.string(), header: z.string() }),
  learner: z.string(),
  studentModel: z.string(),
  seed: z.number(),
  backend: z.string(),
  trainedAt: z.number().nullable(),
  members: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('closed'), weight: z.number(), profileEffects: z.array(z.number()).optional() }),
      z.object({ kind: z.literal('baseline'), weight: z.number(), name: z.enum(BASELINE_NAMES) }),
      z.object({
        kind: z.literal('phi'),
        weight: z.number(),
        shape: z.object({
          features: z.number(),
          hidden: z.number(),
          factors: z.number(),
          embedding: z.number(),
          covariates: z.number(),
          prompts: z.number(),
          innerSteps: z.number(),
        }),
      }),
      z.object({
        kind: z.literal('neural-process'),
        weight: z.number(),
        shape: z.object({ features: z.number(), embedding: z.number(), pooled: z.number(), hidden: z.number() }),
      }),
      z.object({
        kind: z.literal('network'),
        weight: z.number(),
        learner: z.string(),
        shape: z.object({
          features: z.number(),
          abilityFeatures: z.array(z.number()),
          hidden: z.array(z.number()),
          innerSteps: z.number(),
          prompts: z.number(),
          encoding: z.number(),
        }),
      }),
    ]),
  ),
  baselines: z.array(z.object({ name: z.enum(STORED_BASELINE_NAMES) })),
  recalibration: z.object({ shift: pair, scale: pair }),
  profile: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('number'), area, field: z.string(), mean: z.number(), deviation: z.number() }),
      z.object({ kind: z.literal('value'), area, field: z.string(), value: z.string(), share: z.number() }),
    ]),
  ),
  vocabulary: z.object({
    questions: z.array(z.string()),
    skills: z.array(z.string()),
    skillSets: z.array(z.array(z.number().int().nonnegative())),
    questionSet: z.array(z.number().int()),
  }),
  courseMap: z.object({
    skills: z.array(z.object({ id: z.string(), name: z.string() })),
    prerequisites: z.array(z.object({ skill: z.string(), prerequisite: z.string() })),
  }),
  strengths: z.object({ question: z.number(), set: z.number(), skill: z.number() }),
  statistics: z.object({ courseCount: z.number(), courseRight: z.number(), students: z.number() }),
  calibration: z.object({
    mean: z.number(),
    students: z.number(),
    variance: z.object({ ability: z.number(), question: z.number(), skill: z.number(), strength: z.number() }),
  }),
  /** Left out by models that were made before it: what is assumed of any course. */
  components: z.object({ strength: z.number(), drift: z.number() }).optional(),
  practice: z.object({ gain: estimate, transfer: estimate }),
  dynamics: z
    .object({
      rate: z.number(),
      gate: z.number(),
      transfer: z.number(),
      slope: z.number(),
      lapse: z.number(),
      studentSpread: z.number(),
      skillSpread: z.number(),
      forgetting: z.number(),
      hold: z.array(z.number()).length(KINSHIPS.length),
      threshold: z.record(z.string(), z.number()),
    })
    .optional(),
  provenance: z.object({
    students: z.number(),
    heldBackStudents: z.number(),
    /** Left out by models that were made before it. */
    crossValidatedStudents: z.number().optional(),
    answers: z.number(),
    questions: z.number(),
    skills: z.number(),
    start: z.enum(['starter', 'scratch']),
    steps: z.number(),
    keptStep: z.number(),
  }),
  metrics: z.object({
    trainingCurve: z.array(z.object({ step: z.number(), loss: z.number(), heldBackLoss: z.number().nullable() })),
    report: evaluationReport,
    adopted: adoption.nullable(),
    reliability: z.array(reliabilityBin),
    reliabilityAfter: z.number().nullable(),
  }),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number()), offset: z.number() })),
});
export type ModelHeader = z.infer<typeof modelHeader>;

/** Over the header as the schema orders it, so that a reader gets the same text. */
export function headerChecksum(header: ModelHeader, sha256: Sha256): string {
  const ordered = modelHeader.parse({ ...header, checksum: { ...header.checksum, header: '' } });
  return sha256(new TextEncoder().encode(JSON.stringify(ordered)));
}
