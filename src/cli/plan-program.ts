import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { AskCommandOptions } from './ask-command.ts';
import type { ExplainOptions } from './explain-command.ts';
import { countingNumber } from './option-values.ts';
import type { PlanOptions } from './plan-command.ts';
import { PAPERS, PLAN_AUDIENCES } from '../shared/contract/plans.ts';
import type { PracticeOptions, ResultsOptions } from './results-command.ts';

/** In which language the command line says what stands on sheets and screens. */
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

/** Plans: made, explained, handed out, and what came back. */
export function addPlanCommands(program: Command): void {
  program
    .command('plan')
    .description('make study plans from a gradebook, or from a file of answers or marks')
    .option('--model <folder>', 'without one, the gradebook’s newest or the shipped starter')
    .option('--responses <file>')
    .option('--data <folder>', 'folder of the gradebook')
    .option('--student <id>')
    .option('--all')
    .requiredOption('--out <file>')
    .addOption(new Option('--format <format>').choices(['json', 'csv', 'html']).default('json'))
    .option('--goals <file>')
    .option('--skills <file>')
    .option('--prerequisites <file>')
    .option('--practice', 'pages of practice after each plan, with their solutions for the teacher; in html and json')
    .addOption(new Option('--audience <audience>', 'of html').choices(['student', 'teacher']).default('teacher'))
    .addOption(new Option('--paper <size>', 'of html').choices(['a4', 'letter']).default('a4'))
    .addOption(languageOption())
    .option('--minutes-a-week <number>', 'time that the plan may take; with --until', countingNumber)
    .option('--until <day>', 'the day the goals are due, as 2026-12-18; with --minutes-a-week')
    .option('--lessons-a-week <number>', 'as many as lessons of about 45 minutes need where left out', countingNumber)
    .action((options: PlanOptions, command: Command) => {
      if ((options.minutesAWeek === undefined) !== (options.until === undefined))
        command.error('error: give --minutes-a-week and --until together');
      if ((options.student === undefined) === (options.all === undefined))
        command.error('error: give either --student ID or --all');
      if ((options.data === undefined) === (options.responses === undefined))
        command.error('error: give either --data FOLDER or --responses FILE');
      return import('./plan-command.ts').then(({ planCommand }) => planCommand(options));
    });
  program
    .command('explain')
    .description('say why a skill is or is not on a student’s path, and what would change that')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .requiredOption('--student <id>')
    .requiredOption('--skill <id>')
    .option('--model <folder>', 'without one, the gradebook’s newest or the shipped starter')
    .option('--goals <file>')
    .addOption(languageOption())
    .option('--json', 'print the result as JSON')
    .action((options: ExplainOptions) => import('./explain-command.ts').then(({ explainCommand }) => explainCommand(options)));
  program
    .command('ask')
    .description('the questions that would tell most about a student, and why')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .requiredOption('--student <id>')
    .option('--count <number>', 'at most so many questions', countingNumber, 5)
    .option('--json', 'print the result as JSON')
    .action((options: AskCommandOptions) => import('./ask-command.ts').then(({ askCommand }) => askCommand(options)));
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
