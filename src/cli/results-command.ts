import { writeFileSync } from 'node:fs';
import { practiceToHtml } from '../main/services/plans/page.ts';
import { practiceAgain } from '../main/services/plans/practice-again.ts';
import { createPractice } from '../main/services/plans/practice.ts';
import { createEmbedFont } from '../main/services/plans/chinese-font.ts';
import { createProfiles } from '../main/services/profiles.ts';
import { findHandedOut } from '../main/services/results/find.ts';
import { readPlanResults, recordResults } from '../main/services/results/results.ts';
import { sheetLabels } from '../renderer/features/plans/plan-words.ts';
import { recordedWords, resultWords } from '../renderer/features/results/result-words.ts';
import type { Language } from '../renderer/i18n/language.ts';
import type { Paper, PlanAudience } from '../shared/contract/plans.ts';
import { PathlightError } from '../shared/errors.ts';
import { readEntry } from '../shared/results.ts';
import { resolveTyped, resources } from './paths.ts';
import { withModels } from './trust-commands.ts';
import { wordsIn } from './words-in.ts';
import { skillNames } from '../shared/skill-names.ts';

export interface ResultsOptions {
  readonly data: string;
  /** The number on the sheet; without it the plans that were handed out are listed. */
  readonly plan?: number;
  /** Pairs of a step, from 1, and what happened. */
  readonly step: readonly (readonly [string, string])[];
  readonly language: Language;
  readonly json?: boolean;
}

const SHORT = { done: '+', 'not-done': '-' } as const;

/** @throws PathlightError `bad-result`, `no-such-plan`, `no-such-step`, `has-result` */
export const resultsCommand = (options: ResultsOptions): Promise<void> =>
  withModels(options, async ({ gradebook, importing, models }) => {
    const { t, format } = wordsIn(options.language);
    const { read } = gradebook;
    const say = (found: unknown, lines: readonly string[]): void =>
      console.log(options.json ? JSON.stringify(found, undefined, 1) : lines.join('\n'));
    const number = options.plan;
    if (number === undefined) {
      const plans = findHandedOut(read, '', Number.MAX_SAFE_INTEGER);
      const lines = plans.map(
        ({ number: of, name, studentId, at, returned, steps }) =>
          `${of}  ${name} (${studentId})  ${format.date(at)}  ${t('results.returned', { returned, steps })}`,
      );
      say(plans, lines.length > 0 ? lines : [t('results.none')]);
      return;
    }
    const profiles = createProfiles({ gradebook, models, clock: () => Date.now() });
    const service = {
      ...{ read, importing, practice: createPractice(resources) },
      nextStep: (studentId: string) => profiles.plan(studentId).steps[0]?.skill ?? null,
    };
    const plan = readPlanResults(service, number);
    if (options.step.length === 0) {
      say(plan, [
        `${t('results.plan', { number })} · ${plan.name} · ${format.date(plan.at)}`,
        ...plan.steps.map(
          ({ skillName, strategy, result }, step) =>
            `${step + 1}  ${skillName} (${t(`terms.strategy.${strategy}`)})  ${result ? `${resultWords(result, t)} [${result.importId}]` : t('app.dash')}`,
        ),
      ]);
      return;
    }
    const entries = options.step.map(([named, text]) => {
      const step = Number(named) - 1;
      const entry =
        text === 'done' || text === 'not-done' ? readEntry(SHORT[text], 1) : readEntry(text, plan.steps[step]?.questions ?? 1);
      if (!Number.isInteger(step) || step < 0 || !entry)
        throw new PathlightError(
          'bad-result',
          `--step "${named}=${text}" cannot be read; nothing was recorded. Write it as 2=5/6, 2=5, 2=++-+++, 2=done or 2=not-done.`,
          { step: named },
        );
      return { step, entry };
    });
    const recorded = recordResults(service, number, entries);
    say(recorded, [recordedWords(recorded, t, format), `pathlight undo --import ${recorded.importId}`]);
  });

export interface PracticeOptions {
  readonly data: string;
  readonly plan: number;
  readonly audience: PlanAudience;
  readonly paper: Paper;
  readonly language: Language;
  readonly out: string;
}

/** The practice of a plan that was handed out, or its solutions. @throws PathlightError as `practiceAgain` */
export const practiceCommand = (options: PracticeOptions): Promise<void> =>
  withModels(options, async ({ gradebook: { read } }) => {
    const { t, format } = wordsIn(options.language);
    const set = {
      labels: sheetLabels(t, format),
      school: read.school(),
      skillName: skillNames(read.courseMap().skills),
      sheets: [practiceAgain(read, createPractice(resources), options.plan)],
    };
    const html = practiceToHtml(set, options.audience, options.paper);
    writeFileSync(resolveTyped(options.out), await createEmbedFont()(html));
  });
