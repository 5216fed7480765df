import { z } from 'zod';
import { estimate, nothing } from './common.ts';
import { difference } from './evaluation.ts';
import { diagnostics, reliabilityBin } from './model.ts';
import { PAPERS } from './plans.ts';
import { route } from './route.ts';

/** Mean forecast against the share that came out right; `difference` is right − forecast with its 95% interval, over students who err together. */
const comparison = z.object({
  forecast: z.number(),
  right: z.number(),
  difference,
  answers: z.number(),
  students: z.number(),
});
export type ForecastComparison = z.infer<typeof comparison>;

/** A group of students, or of what was known of them: its words are `feedback.groups.<kind>`. */
const group = comparison.extend({
  kind: z.enum(['class', 'known-none', 'known-few', 'known-some', 'known-many', 'level-low', 'level-middle', 'level-high']),
  /** A class's name. */
  name: z.string().nullable(),
});

const occasion = comparison.extend({
  /** When it came in. */
  at: z.number(),
  modelId: z.string().nullable(),
});

const drift = z.object({
  kind: z.enum(['too-high', 'too-low', 'too-sure']),
  since: z.number(),
  noticed: z.number(),
  answers: z.number(),
  students: z.number(),
  forecast: z.number(),
  right: z.number(),
  difference,
  excessLoss: z.number(),
  /** Where it shows by itself, the furthest off first; 95% intervals, widened for looking at many. */
  skills: z.array(comparison.extend({ skill: z.string() })),
  classes: z.array(comparison.extend({ name: z.string() })),
});
export type DriftNotice = z.infer<typeof drift>;

const stepOutcome = z.object({
  skill: z.string(),
  /** Answers came on it, or the teacher said so. */
  done: z.boolean(),
  forecast: estimate,
  expectedGain: estimate,
  answers: z.number(),
  right: z.number(),
  /** By how much, from 0 to 1, the answers were expected to be better than the forecast, through practice; null where nothing is known. */
  expectedRise: z.number().nullable(),
  /** By how much they were, by the very questions that were asked. */
  rise: z.number().nullable(),
});

const planOutcome = z.object({
  studentId: z.string(),
  name: z.string(),
  at: z.number(),
  modelId: z.string().nullable(),
  modelThere: z.boolean(),
  steps: z.array(stepOutcome),
  /** Of the steps that were worked on, in percentage points. */
  expectedGain: estimate.nullable(),
  level: z.object({ before: estimate, after: estimate }).nullable(),
});

export const feedback = z.object({
  /** The model in use. */
  modelId: z.string().nullable(),
  /** Forecasts of answers before they came in; null where none has come in since there was something to forecast from. */
  forecasts: z
    .object({
      since: z.number(),
      whole: comparison,
      logLoss: z.number(),
      auc: z.number().nullable(),
      ece: z.number(),
      /** What chance alone leaves of it. */
      ecePerfect: z.number(),
      bands: z.array(reliabilityBin),
      skills: z.array(comparison.extend({ skill: z.string() })),
      groups: z.array(group),
      occasions: z.array(occasion),
    })
    .nullable(),
  /** What training's own report says of the model in use; null for the starter or where nobody was held back. */
  trained: z.object({ logLoss: z.number(), ece: z.number(), after: z.number() }).nullable(),
  drift: drift.nullable(),
  /** Answers of the model in use that the notice has looked at. */
  watched: z.object({ answers: z.number(), occasions: z.number() }),
  plans: z.object({
    handedOut: z.number(),
    followed: z.number(),
    steps: z.number(),
    stepsWorked: z.number(),
    /** Of which the teacher said so. */
    stepsNotDone: z.number(),
    /** Answers on steps: the forecast at the time, what was expected through practice, and what came. */
    answers: z.number(),
    students: z.number(),
    expectedRise: z.number(),
    rise: difference,
    skills: z.array(
      z.object({ skill: z.string(), answers: z.number(), students: z.number(), expectedRise: z.number(), rise: difference }),
    ),
    newest: z.array(planOutcome),
    factor: z.object({
      value: z.number(),
      low: z.number(),
      high: z.number(),
      answers: z.number(),
      students: z.number(),
      stands: z.boolean(),
    }),
  }),
});
export type Feedback = z.infer<typeof feedback>;

export const historyModel = z.object({
  /** Null: the shipped starter. */
  id: z.string().nullable(),
  kind: z.enum(['own', 'starter']),
  trainedAt: z.number().nullable(),
  learner: z.string(),
  inUse: z.boolean(),
  /** Why it cannot be taken into use: its files are gone (deleted here, or missing), or an older Pathlight made it. */
  unusable: z.enum(['removed', 'missing', 'older', 'damaged']).nullable(),
  students: z.number(),
  answers: z.number(),
  questions: z.number(),
  /** Of its own report, after five answers or the nearest number; null where nobody was held back. */
  judged: z
    .object({ after: z.number(), students: z.number(), auc: z.number().nullable(), logLoss: z.number(), ece: z.number() })
    .nullable(),
  bytes: z.number(),
});
export type HistoryModel = z.infer<typeof historyModel>;

export const modelHistory = z.object({
  models: z.array(historyModel),
  /** Newest first. */
  uses: z.array(
    z.object({ modelId: z.string().nullable(), since: z.number(), reason: z.enum(['trained', 'switched', 'added']) }),
  ),
  /** Bytes of all models. */
  bytes: z.number(),
});
export type ModelHistory = z.infer<typeof modelHistory>;

/** Two models on answers that came after both were trained: log-loss of the first minus the second's, per answer; above 0, the second is better. */
export const modelComparison = z.object({
  answers: z.number(),
  students: z.number(),
  logLoss: z.object({ first: z.number(), second: z.number() }),
  difference,
});

const card = z.object({
  language: z.string(),
  title: z.string(),
  subtitle: z.string(),
  sections: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(z.string()),
      points: z.array(z.string()),
      table: z.object({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }).nullable(),
    }),
  ),
  stamp: z.string(),
  paper: z.enum(PAPERS),
});
export type ModelCard = z.infer<typeof card>;

const modelReference = z.object({ modelId: z.string().nullable() });

export const trustRoutes = {
  /** What was forecast and promised, and what then happened. Records what has come in since the last call. */
  'feedback.get': route(nothing, feedback),
  'models.history': route(nothing, modelHistory),
  'models.diagnostics': route(modelReference, diagnostics),
  /** Takes a model of the history into use; null: the starter. Failure: `no-such-model`. */
  'models.use': route(modelReference, modelHistory),
  /** Deletes a model's files; what it forecast and planned is kept. Failures: `no-such-model`, `model-in-use`. */
  'models.remove': route(z.object({ modelId: z.string() }), modelHistory),
  /** Null where no answers came after both. */
  'models.compare': route(
    z.object({ first: z.string().nullable(), second: z.string().nullable() }),
    z.object({ result: modelComparison.nullable() }),
  ),
  /** A model card as a page that prints: its words are made by the window, in its language. */
  'models.card': route(card, z.object({ html: z.string() })),
  /** The same as a file that is saved. Failure: `no-pdf`. */
  'models.saveCard': route(
    card.extend({ format: z.enum(['html', 'pdf']), name: z.string().min(1).max(200) }),
    z.object({ fileId: z.string(), name: z.string(), mime: z.string() }),
  ),
};
