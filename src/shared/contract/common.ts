import { z } from 'zod';
import { DECISION_KINDS } from '../decisions.ts';
import { GAIN_SOURCES } from '../domain.ts';
import { STRATEGIES, STRATEGY_GROUNDS } from '../strategy.ts';
import { decisionRecord } from './decision-record.ts';

export const nothing = z.object({}).strict();
export const estimate = z.object({ value: z.number(), standardError: z.number().nonnegative() });
export const strategy = z.enum(STRATEGIES);

/** Progress of anything that takes longer than a second. */
export const job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'undo', 'train', 'sample', 'export', 'probe']),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0 to 1. */
  fraction: z.number().min(0).max(1),
  /** Milliseconds still to go, where it can be told. */
  remainingMs: z.number().nonnegative().nullable(),
  /** What it is doing; words are `jobs.stage.<stage>`. */
  stage: z.string(),
  /** Training only: losses so far, for a live curve. */
  curve: z.array(z.object({ step: z.number(), loss: z.number(), heldBackLoss: z.number().nullable() })).optional(),
  error: z
    .object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.union([z.string(), z.number()])) })
    .optional(),
});
export type Job = z.infer<typeof job>;

export const jobReference = z.object({ jobId: z.string() });

export const skillReference = z.object({ id: z.string(), name: z.string() });

/** What a teacher has for a skill (shared/material.ts). */
export const material = z.object({
  id: z.string(),
  title: z.string(),
  address: z.string().nullable(),
  fileName: z.string().nullable(),
  strategy: strategy.nullable(),
});

export const stepReason = z.object({
  kind: z.enum(['close-gap', 'ready', 'find-out', 'keep', 'goal', 'first-step', 'lead-over', 'carry-over', 'teacher']),
  decided: z.array(z.enum(DECISION_KINDS)).optional(),
  answers: z.number(),
  right: z.number(),
  marks: z.object({ count: z.number(), right: z.number() }).optional(),
  prerequisites: z.array(z.object({ skill: z.string(), forecast: estimate, said: z.enum(['known', 'not-known']).optional() })),
  unlocks: z.array(z.string()),
  unready: z.array(z.string()).optional(),
  recall: z.object({ days: z.number(), chance: z.number() }).optional(),
});

export const planStep = z.object({
  skill: z.string(),
  strategy,
  ground: z.enum(STRATEGY_GROUNDS).optional(),
  reason: stepReason,
  minutes: z.number(),
  forecast: estimate,
  mastery: estimate,
  expectedGain: estimate,
  gainFrom: z.enum(GAIN_SOURCES).optional(),
  material: z.array(material).optional(),
});

const schedule = z.object({
  minutesAWeek: z.number(),
  until: z.number(),
  lessonsAWeek: z.number(),
  lessons: z.array(
    z.object({
      week: z.number(),
      lesson: z.number(),
      weekFrom: z.number(),
      minutes: z.number(),
      parts: z.array(z.object({ step: z.number(), minutes: z.number() })),
    }),
  ),
  available: z.number(),
  planned: z.number(),
  full: z.boolean(),
  left: z.array(z.string()),
});

export const plan = z.object({
  student: z.string(),
  targets: z.array(z.string()),
  steps: z.array(planStep),
  notEnoughEvidence: z.boolean(),
  answers: z.number(),
  marks: z.number().optional(),
  decisions: z.array(decisionRecord).optional(),
  conflicts: z.array(z.object({ goal: z.string(), leftOut: z.array(z.string()) })).optional(),
  nextReview: z.object({ skill: z.string(), due: z.number(), overdue: z.number().optional() }).optional(),
  undated: z.number().optional(),
  schedule: schedule.optional(),
  gainFactor: estimate.optional(),
});
