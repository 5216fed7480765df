import type { PlanResults, RecordedResults } from '../../../shared/contract/results.ts';
import { QUESTIONS_PER_STEP } from '../../../learning/planning/conditions.ts';
import { dayOf } from '../../../shared/time.ts';
import type { PlanStep } from '../../../shared/domain.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { answersOf } from '../../../shared/results.ts';
import type { StepEntry } from '../../../shared/results.ts';
import type { PracticeSheet } from '../../../learning/exercises/sheet.ts';
import type { Practice } from '../plans/practice.ts';
import type { GradebookReader, Importing, NewAnswer } from '../ports.ts';
import { keptPlan } from './kept-plan.ts';
import type { StepResult } from './ports.ts';
import { skillNames } from '../../../shared/skill-names.ts';

export interface ResultsOptions {
  readonly read: GradebookReader;
  readonly importing: Pick<Importing, 'addAnswers'>;
  readonly practice: Practice;
  /** First step of what a student is to do now. */
  readonly nextStep: (studentId: string) => string | null;
}

export interface EnteredStep {
  /** From 0. */
  readonly step: number;
  readonly entry: StepEntry;
}

const nameOf = (read: GradebookReader, studentId: string): string => read.student(studentId)?.name ?? studentId;

/** A plan that was handed out, with what came back of it. @throws PathlightError `no-such-plan`, `unreadable-plan` */
export function readPlanResults({ read, practice }: ResultsOptions, number: number): PlanResults {
  const { kept, plan } = keptPlan(read, number);
  const skillName = skillNames(read.courseMap().skills);
  const results = new Map(read.planResults(number).map((result) => [result.step, result]));
  const sheets = practice.sheets(plan, skillName, dayOf(kept.createdAt));
  const newest = read.newestHandedOut(kept.studentId);
  return {
    number,
    studentId: kept.studentId,
    name: nameOf(read, kept.studentId),
    at: kept.createdAt,
    newer: newest === undefined || newest === number ? null : newest,
    steps: plan.steps.map(({ skill, strategy, forecast }, step) => {
      const found = results.get(step);
      return {
        skill,
        skillName: skillName(skill),
        strategy,
        questions: sheets[step]?.questions.length ?? QUESTIONS_PER_STEP,
        forecast,
        result: found
          ? { state: found.state, correct: found.correct, asked: found.asked, importId: found.importId, at: found.at }
          : null,
      };
    }),
  };
}

/**
 * A question stands for all of its kind, or the gradebook had a column for every one: those of one skill, worked one way, are as hard as each other.
 * @param sheet what was asked, where it was made from templates: in mixed practice every second question is on another skill
 */
function toAnswers({ skill, strategy }: PlanStep, entry: StepEntry, sheet: PracticeSheet | undefined): NewAnswer[] {
  const right = answersOf(entry);
  const asked = sheet?.questions.map((question) => question.skill) ?? [];
  const together = [...new Set([skill, ...asked])];
  return right.map((correct, index) => {
    // One by one each answer is known to be on its own question's skill; of a count it is only known on which skills all were.
    const skills = entry.kind === 'each' && asked.length === right.length ? [asked[index]!] : together;
    return { question: `plan: ${skills.join(' + ')} (${strategy})`, skills, correct: correct ? 1 : 0 };
  });
}

/**
 * Keeps what came back of steps of a plan: counted answers go into the gradebook like any others, all in one import that can be undone.
 * @throws PathlightError `no-such-plan`, `unreadable-plan`, `no-such-step`, `has-result`
 */
export function recordResults(options: ResultsOptions, number: number, entries: readonly EnteredStep[]): RecordedResults {
  const { read, importing, practice } = options;
  const { kept, plan } = keptPlan(read, number);
  const known = new Set(read.planResults(number).map(({ step }) => step));
  for (const { step } of entries) {
    if (!plan.steps[step])
      throw new PathlightError('no-such-step', `Plan ${number} has no step ${step + 1}; nothing was recorded.`, {
        number,
        step: step + 1,
      });
    if (known.has(step))
      throw new PathlightError(
        'has-result',
        `Step ${step + 1} of plan ${number} has a result already; nothing was recorded. Take that one back first.`,
        { number, step: step + 1 },
      );
    known.add(step);
  }
  const skillName = skillNames(read.courseMap().skills);
  const sheets = practice.sheets(plan, skillName, dayOf(kept.createdAt));
  let [right, asked, expected] = [0, 0, 0];
  const steps: StepResult[] = entries.map(({ step, entry }) => {
    if (entry.kind === 'done' || entry.kind === 'not-done') return { step, state: entry.kind, correct: null, asked: null };
    const answers = answersOf(entry);
    const correct = answers.filter(Boolean).length;
    right += correct;
    asked += answers.length;
    expected += answers.length * plan.steps[step]!.forecast.value;
    return { step, state: 'counted', correct, asked: answers.length };
  });
  const answers = entries.flatMap(({ step, entry }) => toAnswers(plan.steps[step]!, entry, sheets[step]));
  const { importId } = importing.addAnswers(kept.studentId, answers, { plan: number, steps });
  const next = options.nextStep(kept.studentId);
  return {
    ...{ importId, right, asked, expected, name: nameOf(read, kept.studentId) },
    next: next === null ? null : skillName(next),
  };
}
