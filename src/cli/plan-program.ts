import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { PAPERS, PLAN_AUDIENCES } from '../shared/contract/plans.ts';
import type { PracticeOptions, ResultsOptions } from './results-command.ts';

/** In which language the command line says what stands on sheets. */
export const languageOption = (): Option => new Option('--language <language>').choices(['en', 'zh']).default('en');

const planNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be the number on the sheet.');
  return value;
};

/** STEP=WHAT, as often as it is said. */
function stepResult(text: string, before: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be STEP=WHAT, as 2=5/6.');
  return [...before, [text.slice(0, at).trim(), text.slice(at + 1).trim()]];
}

/** What the command line can do with plans that were handed out. */
export function addPlanCommands(program: Command): void {
  program
    .command('results')
    .description('what came back of a plan that was handed out: list, or enter it; it is an import and can be undone')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--plan <number>', 'the number on the sheet; all plans are listed where left out', planNumber)
    .option(
      '--step <step=what>',
      '5/6 right, or 5, or ++-+++ one by one, done (not counted) or not-done; once for each step',
      stepResult,
      [],
    )
    .addOption(languageOption())
    .option('--json', 'print the result as JSON')
    .action((options: ResultsOptions, command: Command) => {
      if (options.step.length > 0 && options.plan === undefined) command.error('error: --step needs --plan NUMBER');
      return import('./results-command.ts').then(({ resultsCommand }) => resultsCommand(options));
    });
  program
    .command('practice')
    .description('the practice of a plan that was handed out, or its solutions, on any later day')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .requiredOption('--plan <number>', 'the number on the sheet', planNumber)
    .addOption(new Option('--audience <audience>', 'teacher: the solutions').choices([...PLAN_AUDIENCES]).default('teacher'))
    .addOption(new Option('--paper <size>').choices([...PAPERS]).default('a4'))
    .addOption(languageOption())
    .requiredOption('--out <file>', 'the page (HTML)')
    .action((options: PracticeOptions) => import('./results-command.ts').then(({ practiceCommand }) => practiceCommand(options)));
}
