import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from '../main/services/csv.ts';
import { ENGLISH_LABELS, englishSheet, englishStudentSheet } from '../main/services/plans/english.ts';
import { plansToHtml } from '../main/services/plans/page.ts';
import { createPractice } from '../main/services/plans/practice.ts';
import { plansToCsv } from '../main/services/plans/table.ts';
import { readModel, writeModel } from '../main/services/model-store.ts';
import { trainInProcess } from '../main/trainer/client.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import { bestBaseline } from '../learning/evaluation/report.ts';
import { findLearner } from '../learning/meta/learner.ts';
import type { StudentModelName } from '../learning/meta/school-members.ts';
import { explainDecision } from '../learning/planning/explain-decision.ts';
import { explainStep } from '../learning/planning/explanation.ts';
import { withGainFactor } from '../learning/planning/gain-factor.ts';
import { makePlan } from '../learning/planning/plan.ts';
import { dayOf } from '../learning/planning/review.ts';
import { toResponseTable } from '../learning/responses.ts';
import { createStudentModel } from '../learning/student-model/student-model.ts';
import { starterOf } from '../learning/trained-model.ts';
import { tellRefused, wishedBackend } from './backend-option.ts';
import { resolveTyped, resources } from './paths.ts';
import { readPlanningSource, skillsOf } from './planning-source.ts';
import type { PlanningOptions } from './planning-source.ts';
import type { PlanAudience } from '../shared/contract/plans.ts';
import type { TimeBudget } from '../shared/domain.ts';
import { PathlightError } from '../shared/errors.ts';
import { createProgressLine } from './progress.ts';
import { readCourseMap, readQuestions, readResponses } from './read-responses.ts';

export interface TrainOptions {
  readonly responses: readonly string[];
  readonly model: string;
  readonly learner: string;
  readonly studentModel: StudentModelName;
  readonly beta: number;
  readonly seed: number;
  readonly dkt?: boolean;
  readonly backend?: string;
  readonly skills?: string;
  readonly prerequisites?: string;
}

export async function trainCommand(options: TrainOptions): Promise<void> {
  const learner = findLearner(options.learner).name;
  const wish = wishedBackend(options.backend);
  const sequences = await readResponses(options.responses);
  const courseMap = await readCourseMap(options.skills, options.prerequisites, skillsOf(sequences));
  const line = createProgressLine(() => Date.now());
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const starter = path.join(resources, 'starter');
  const model = await trainInProcess(
    forkTrainer,
    {
      table: toResponseTable(sequences),
      courseMap,
      learner,
      studentModel: options.studentModel,
      seed: options.seed,
      beta: options.beta,
      dkt: options.dkt,
      starter: existsSync(starter) ? starterOf(readModel(starter)) : undefined,
    },
    {
      signal: stop.signal,
      wish,
      onComputing: tellRefused,
      onProgress: ({ fraction, stage }) => line.show(fraction, stage),
    },
  ).finally(() => line.done());
  writeModel(resolveTyped(options.model), model, Date.now());
  const { provenance, metrics } = model;
  console.log(
    `Trained ${model.learner} on ${provenance.students} students, ${provenance.answers} answers (${model.backend}); kept step ${provenance.keptStep} of ${provenance.steps}.`,
  );
  const inTurn = provenance.crossValidatedStudents > 0;
  const five = metrics.report.points.find((point) => point.after === 5);
  const best = bestBaseline(metrics.report);
  const [ours, other] = [five?.figures[0], five?.figures.find(({ model: name }) => name === best)];
  if (five && ours?.auc && other)
    console.log(
      `After 5 answers, on ${five.students} students ${inTurn ? 'who were each forecast by a training without them' : 'held back'}: AUC ${ours.auc.toFixed(3)} (best baseline, ${other.model}: ${other.auc?.toFixed(3) ?? '–'}).`,
    );
  if (metrics.adopted)
    console.log(
      `${metrics.adopted.baseline} forecast ${inTurn ? 'them' : 'students held back'} better than the trained models: the forecasts use it.`,
    );
}

export interface PredictOptions {
  readonly model: string;
  readonly responses: string;
  readonly questions: string;
  readonly out: string;
}

export async function predictCommand(options: PredictOptions): Promise<void> {
  const model = createStudentModel(readModel(resolveTyped(options.model)));
  const known = new Map((await readResponses([options.responses])).map((sequence) => [sequence.student, sequence.responses]));
  const { header, questions } = readQuestions(options.questions);
  const states = new Map<string, ReturnType<typeof model.adapt>>();
  const rows = questions.map((asked) => {
    let state = states.get(asked.student);
    if (!state) states.set(asked.student, (state = model.adapt(known.get(asked.student) ?? [])));
    const probability = state.forecastQuestion(asked).value;
    return [...header.map((_, index) => asked.cells[index] ?? ''), probability.toFixed(6)];
  });
  writeFileSync(resolveTyped(options.out), stringify([[...header, 'probability'], ...rows]));
}

export interface PlanOptions extends PlanningOptions {
  readonly student?: string;
  readonly all?: boolean;
  readonly out: string;
  readonly format: 'json' | 'csv' | 'html';
  readonly practice?: boolean;
  readonly audience: PlanAudience;
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

export async function planCommand(options: PlanOptions): Promise<void> {
  const { sequences, source, nameOf, planning, gainFactor } = await readPlanningSource({ ...options, ...budgetOf(options) });
  const wanted = options.all ? sequences : sequences.filter((sequence) => sequence.student === options.student);
  // Somebody without a single answer gets a path too.
  const planned = wanted.length > 0 || options.all ? wanted : [{ student: options.student!, responses: [] }];
  const plans = planned.map(({ student, responses }) => withGainFactor(makePlan(planning(student, responses)), gainFactor));
  const reasons = plans.map((plan) => plan.steps.map((step) => explainStep(step, nameOf)));
  const decisions = plans.map((plan) => (plan.decisions ?? []).map((each) => explainDecision(each, nameOf)));
  const day = dayOf(Date.now());
  const made = createPractice(resources);
  const practice = options.practice ? plans.map((plan) => made.sheets(plan, nameOf, day)) : undefined;
  const sheets = {
    labels: ENGLISH_LABELS,
    skillName: nameOf,
    sheets: plans.map((plan, index) => ({
      ...(options.format === 'html' && options.audience === 'student'
        ? englishStudentSheet(plan, source, nameOf)
        : englishSheet(plan, reasons[index]!, source, nameOf, decisions[index])),
      ...(practice ? { practice: practice[index] } : {}),
    })),
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
            reason: reasons[index]![at],
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
    csv: () => plansToCsv(sheets),
    html: () => plansToHtml(sheets, options.audience),
  }[options.format]();
  writeFileSync(resolveTyped(options.out), content);
}
