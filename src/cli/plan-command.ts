import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { withGainFactor } from '../learning/planning/gain-factor.ts';
import { makePlan } from '../learning/planning/plan.ts';
import { dayOf } from '../shared/time.ts';
import { createEmbedFont } from '../main/services/plans/chinese-font.ts';
import { plansToHtml } from '../main/services/plans/page.ts';
import { keptContent } from '../main/services/plans/practice-again.ts';
import { createPractice } from '../main/services/plans/practice.ts';
import type { SheetSet } from '../main/services/plans/sheet.ts';
import { plansToCsv } from '../main/services/plans/table.ts';
import type { HandedOutPlan } from '../main/services/results/ports.ts';
import { sheetLabels, sheetWords } from '../renderer/features/plans/plan-words.ts';
import { reasonSentence } from '../renderer/features/student/reason.ts';
import type { Language } from '../renderer/i18n/language.ts';
import type { Paper, PlanAudience } from '../shared/contract/plans.ts';
import type { TimeBudget } from '../shared/domain.ts';
import { PathlightError } from '../shared/errors.ts';
import { openTyped } from './open-typed.ts';
import { resolveTyped, resources } from './paths.ts';
import { readPlanningSource } from './planning-source.ts';
import type { PlanningOptions } from './planning-source.ts';
import { wordsIn } from './words-in.ts';

export interface PlanOptions extends PlanningOptions {
  readonly student?: string;
  readonly all?: boolean;
  readonly out: string;
  readonly format: 'json' | 'csv' | 'html';
  readonly practice?: boolean;
  readonly audience: PlanAudience;
  readonly paper: Paper;
  /** Of all words: what a program reads in JSON (kinds, grounds, strategies) is the same in both. */
  readonly language: Language;
  readonly minutesAWeek?: number;
  /** A day as YYYY-MM-DD. */
  readonly until?: string;
  readonly lessonsAWeek?: number;
}

/** @throws PathlightError `bad-budget` */
function budgetOf({ minutesAWeek, until, lessonsAWeek }: PlanOptions): { readonly budget?: TimeBudget } {
  if (minutesAWeek === undefined || until === undefined) return {};
  // The whole of the day counts.
  const date = Date.parse(`${until}T23:59:59Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(date))
    throw new PathlightError('bad-budget', `--until "${until}" is no day. Write it as 2026-12-18.`, { until });
  return { budget: { minutesAWeek, until: date, lessonsAWeek } };
}

/** Keeps plans as they are handed out. Returns their numbers. */
function handOut(data: string, plans: readonly Omit<HandedOutPlan, 'createdAt'>[], createdAt: number): (number | undefined)[] {
  const gradebook = openTyped(data, path.join(resolveTyped(data), 'gradebook.sqlite'), () => createdAt);
  try {
    return gradebook.recordHandedOut(plans.map((plan) => ({ ...plan, createdAt }))).map(({ number }) => number);
  } finally {
    gradebook.close();
  }
}

export async function planCommand(options: PlanOptions): Promise<void> {
  const found = await readPlanningSource({ ...options, ...budgetOf(options) });
  const { sequences, stamp, nameOf, planning, gainFactor } = found;
  const wanted = options.all ? sequences : sequences.filter((sequence) => sequence.student === options.student);
  // Somebody without a single answer gets a path too.
  const planned = wanted.length > 0 || options.all ? wanted : [{ student: options.student!, responses: [] }];
  const students = planned.map(({ student, responses }) => planning(student, responses));
  const plans = students.map((student) => withGainFactor(makePlan(student), gainFactor));
  const { t, format } = wordsIn(options.language);
  const now = Date.now();
  const made = createPractice(resources);
  const practice = options.practice ? plans.map((plan) => made.sheets(plan, nameOf, dayOf(now))) : undefined;
  const sheetSet = (): SheetSet => {
    const audience = options.format === 'csv' ? 'teacher' : options.audience;
    // A sheet that bears a number can come back; a table is no sheet, and a model from elsewhere is none of the gradebook's.
    const numbers =
      options.format === 'html' && options.data !== undefined && options.model === undefined
        ? handOut(
            options.data,
            plans.map((plan, index) => ({
              ...{ studentId: plan.student, modelId: stamp.modelId, content: keptContent(plan) },
              ...{ phi: students[index]!.state.phi, answers: plan.answers },
            })),
            now,
          )
        : [];
    return {
      labels: sheetLabels(t, format),
      skillName: nameOf,
      school: found.school,
      sheets: plans.map((plan, index) => ({
        ...{ plan, studentName: found.studentName(plan.student), number: numbers[index] },
        words: sheetWords(plan, audience, stamp, nameOf, t, format),
        ...(practice ? { practice: practice[index] } : {}),
      })),
    };
  };
  const content = {
    json: () =>
      `${JSON.stringify(
        plans.map((plan, index) => ({
          student: plan.student,
          nextReview: plan.nextReview,
          schedule: plan.schedule,
          steps: plan.steps.map((step, at) => ({
            skill: step.skill,
            strategy: step.strategy,
            strategyReason: step.ground,
            recall: step.reason.recall,
            reason: reasonSentence(step, nameOf, t, format),
            minutes: step.minutes,
            forecast: step.forecast,
            mastery: step.mastery,
            expectedGain: step.expectedGain,
            ...(step.reason.decided ? { decided: step.reason.decided } : {}),
            ...(step.material ? { material: step.material } : {}),
            ...(step.reason.unready ? { unready: step.reason.unready } : {}),
            ...(practice?.[index]?.[at] ? { practice: practice[index][at] } : {}),
          })),
          ...(plan.decisions ? { decisions: plan.decisions } : {}),
          ...(plan.gainFactor ? { gainFactor: plan.gainFactor } : {}),
          ...(plan.conflicts ? { conflicts: plan.conflicts } : {}),
        })),
        undefined,
        1,
      )}\n`,
    csv: () => plansToCsv(sheetSet()),
    html: () => createEmbedFont()(plansToHtml(sheetSet(), options.audience, options.paper)),
  }[options.format];
  writeFileSync(resolveTyped(options.out), await content());
}
