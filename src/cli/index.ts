// The command line: the same services without a window. Exit codes: 0 done, 1 refused (reason on the error stream), 2 usage.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { BASELINE_NAMES } from '../learning/baselines/baseline.ts';
import { DEFAULT_AFTER } from '../learning/evaluation/protocol.ts';
import { DEFAULT_BETA, LEARNER_NAMES } from '../learning/meta/learner-names.ts';
import { explainSystemError } from '../main/database/system-errors.ts';
import type { AskCommandOptions } from './ask-command.ts';
import type { BackupCommandOptions, RestoreCommandOptions } from './backup-commands.ts';
import { addCourseCommands } from './course-program.ts';
import { addDecisionCommands } from './decision-program.ts';
import type { CompareOptions } from './compare-command.ts';
import { EXPORTS } from '../shared/contract/gradebook.ts';
import { CLEANING_STEPS } from '../shared/contract/import-cleaning.ts';
import { importChoices } from '../shared/contract/imports.ts';
import type { EvaluateOptions } from './evaluate-command.ts';
import type { ExplainOptions } from './explain-command.ts';
import type { ExportOptions } from './export-command.ts';
import type { ImportOptions, StatusOptions, UndoOptions } from './gradebook-commands.ts';
import { addClassCommands } from './class-program.ts';
import type { PlanOptions, PredictOptions, TrainOptions } from './model-commands.ts';
import { addPlanCommands } from './plan-program.ts';
import type { ServeOptions } from './serve-command.ts';
import type { SimulateOptions } from './simulate-command.ts';
import { addTrustCommands } from './trust-program.ts';

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0 on.');
  return Number(text);
};
const countingNumber = (text: string): number => {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return value;
};
const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
};
const numberList = (text: string): number[] => {
  const values = text.split(',').map((part) => wholeNumber(part.trim()));
  return [...new Set(values)].sort((a, b) => a - b);
};

const pairs = (text: string, known: Readonly<Record<string, string>>): Record<string, string> => {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be COLUMN=MEANING.');
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) };
};

const switches = (text: string, known: Readonly<Record<string, boolean>>): Record<string, boolean> => {
  const [name, state, ...rest] = text.split('=');
  if (!CLEANING_STEPS.some((step) => step === name) || rest.length > 0 || (state !== 'on' && state !== 'off'))
    throw new InvalidArgumentError(`It must be NAME=on or NAME=off, where NAME is one of ${CLEANING_STEPS.join(', ')}.`);
  return { ...known, [name!]: state === 'on' };
};

const nameList = (text: string): string[] => (text === 'none' ? [] : [...new Set(text.split(',').map((part) => part.trim()))]);

// Each command is loaded when it is asked for: an import need not load what trains.
const gradebookCommands = () => import('./gradebook-commands.ts');
const backupCommands = () => import('./backup-commands.ts');
const modelCommands = () => import('./model-commands.ts');

function createProgram(): Command {
  const program = new Command('pathlight')
    .description('Fits itself to each student and shows the path that helps them next.')
    .exitOverride()
    .showHelpAfterError();
  program
    .command('import <files...>')
    .description('import what a school’s systems export into a gradebook: rosters, marks, answers, skills')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--format <name>', 'what the files are, where the guess is wrong')
    .option('--map <column=meaning>', 'what a column means; once for each column', pairs, {})
    .option('--clean <step=on|off>', `a step of cleaning: ${CLEANING_STEPS.join(', ')}; once for each`, switches, {})
    .addOption(new Option('--decimal <sign>', 'the decimal sign, where the guess is wrong').choices(['.', ',']))
    .option('--preview', 'say what would be recognised and changed, and write nothing')
    .option('--json', 'print the result as JSON')
    .action((files: readonly string[], options: ImportOptions, command: Command) => {
      const choices = importChoices.safeParse({
        ...(options.format === undefined ? {} : { format: options.format }),
        ...(Object.keys(options.map).length === 0 ? {} : { mapping: options.map }),
        ...(options.decimal === undefined ? {} : { decimal: options.decimal }),
        clean: options.clean,
      });
      if (!choices.success)
        command.error(`error: ${choices.error.issues[0]?.path.join(' ') ?? ''}: ${choices.error.issues[0]?.message ?? ''}`);
      else return gradebookCommands().then(({ importCommand }) => importCommand(files, options, choices.data));
    });
  program
    .command('status')
    .description('what the gradebook holds')
    .requiredOption('--data <folder>')
    .option('--json')
    .action((options: StatusOptions) => gradebookCommands().then(({ statusCommand }) => statusCommand(options)));
  program
    .command('export')
    .description('write what the gradebook holds as a file that imports again')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .addOption(
      new Option('--what <kind>', 'marks as a table, OneRoster, answers, skills of questions, or the roster')
        .choices(EXPORTS)
        .default('grid-csv'),
    )
    .option('--class <name>', 'one class; everyone where left out')
    .requiredOption('--out <file>')
    .option('--json', 'print the result as JSON')
    .action((options: ExportOptions) => import('./export-command.ts').then(({ exportCommand }) => exportCommand(options)));
  program
    .command('edits')
    .description('what was changed by hand in the gradebook, newest first')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--json', 'print the list as JSON')
    .action((options: StatusOptions) => gradebookCommands().then(({ editsCommand }) => editsCommand(options)));
  program
    .command('undo')
    .description('take an import, an edit of the gradebook or a change of the course back')
    .requiredOption('--data <folder>')
    .requiredOption('--import <id>', 'its id, as status and edits list it')
    .action((options: UndoOptions) => gradebookCommands().then(({ undoCommand }) => undoCommand(options)));
  addCourseCommands(program);
  addDecisionCommands(program);
  addTrustCommands(program);
  addClassCommands(program);
  addPlanCommands(program);
  program
    .command('backup')
    .description('keep a copy of the gradebook in its folder backups')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--list', 'only list the backups that are there')
    .option('--json', 'print the result as JSON')
    .action((options: BackupCommandOptions) => backupCommands().then(({ backupCommand }) => backupCommand(options)));
  program
    .command('restore [backup]')
    .description('put a backup in the gradebook’s place; what stands there now is kept as a backup first')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--newest', 'the newest backup, but for those that were made before a restore')
    .option('--preview', 'only say what the backup holds and what would be lost')
    .option('--list', 'only list the backups that are there')
    .option('--json', 'print the result as JSON')
    .action((backup: string | undefined, options: RestoreCommandOptions, command: Command) => {
      if (!options.list && (backup === undefined) === (options.newest === undefined))
        command.error('error: name a backup or give --newest; --list shows them');
      return backupCommands().then(({ restoreCommand }) => restoreCommand(backup, options));
    });
  program
    .command('train')
    .description('meta-train a model on answers')
    .requiredOption('--responses <files...>')
    .requiredOption('--model <folder>')
    .option('--learner <name>', 'the meta-learner: maml, fomaml, reptile or prompt', 'maml')
    .addOption(new Option('--student-model <name>', 'what is fitted to a student').choices(['phi', 'network']).default('phi'))
    .option('--beta <number>', 'weight of the adapted loss beside the unadapted one', positiveNumber, DEFAULT_BETA)
    .option('--seed <number>', 'seed of all chance', wholeNumber, 1)
    .option('--backend <name>', 'tensor backend: tensorflow, webgpu, wasm or cpu; the fastest that works where left out')
    .option('--dkt', 'compare with deep knowledge tracing too, which takes minutes')
    .option('--skills <file>')
    .option('--prerequisites <file>')
    .action((options: TrainOptions) => modelCommands().then(({ trainCommand }) => trainCommand(options)));
  program
    .command('predict')
    .description('forecast questions from the answers known so far')
    .requiredOption('--model <folder>')
    .requiredOption('--responses <file>')
    .requiredOption('--questions <file>')
    .requiredOption('--out <file>')
    .action((options: PredictOptions) => modelCommands().then(({ predictCommand }) => predictCommand(options)));
  program
    .command('evaluate')
    .description('judge a model and its baselines on students that it has not seen')
    .requiredOption('--model <folder>')
    .requiredOption('--responses <file>')
    .option('--after <numbers>', 'sizes of the support set', numberList, [0, 1, 2, 3, 5, 10, 20])
    .option('--json <file>')
    .action((options: EvaluateOptions) =>
      import('./evaluate-command.ts').then(({ evaluateCommand }) => evaluateCommand(options)),
    );
  program
    .command('compare')
    .description('train learners and baselines on the same students and judge all on the same new ones')
    .requiredOption('--responses <files...>', 'answers of past students, who train')
    .requiredOption('--validation <file>', 'answers of new students, who judge')
    .option('--learners <names>', 'meta-learners, or none', nameList, [...LEARNER_NAMES])
    .option('--student-models <names>', 'phi, network', nameList, ['phi', 'network'])
    .option('--baselines <names>', 'published models, or none', nameList, [...BASELINE_NAMES])
    .option('--after <numbers>', 'sizes of the support set', numberList, [...DEFAULT_AFTER])
    .option('--past-students <number>', 'train on so many consecutive students, in the order of the file', countingNumber)
    .option('--blocks <number>', 'mean over so many disjoint sets of past students', countingNumber)
    .option('--seed <number>', 'seed of all chance', wholeNumber, 1)
    .option('--backend <name>', 'tensor backend: tensorflow, webgpu, wasm or cpu; the fastest that works where left out')
    .option('--skills <file>')
    .option('--prerequisites <file>')
    .option('--json <file>')
    .action((options: CompareOptions, command: Command) => {
      if (options.blocks !== undefined && options.pastStudents === undefined)
        command.error('error: --blocks needs --past-students N');
      return import('./compare-command.ts').then(({ compareCommand }) => compareCommand(options));
    });
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
      return modelCommands().then(({ planCommand }) => planCommand(options));
    });
  program
    .command('explain')
    .description('say why a skill is or is not on a student’s path, and what would change that')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .requiredOption('--student <id>')
    .requiredOption('--skill <id>')
    .option('--model <folder>', 'without one, the gradebook’s newest or the shipped starter')
    .option('--goals <file>')
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
    .command('simulate')
    .description('plan for simulated students, step by step, and measure what they learn')
    .option(
      '--planner <names>',
      'pathlight, plan, plan-progress, plan-variety, learning-progress, greedy-gain, easiest-first, prerequisite-order, random',
      nameList,
      ['pathlight'],
    )
    .requiredOption('--simulator <name>', 'kss, assist2009, junyi, assist2009-misspecified, junyi-misspecified')
    .option('--fitted <folder>', 'a fitted simulator, as npm run fit-simulator makes it')
    .option('--responses <file>', 'the answers that it was fitted to')
    .option('--prerequisites <file>')
    .option('--steps <numbers>', 'lengths of a plan', numberList, [10, 30])
    .option('--students <number>', 'students of each world', countingNumber, 100)
    .option('--worlds <number>', 'courses', countingNumber, 10)
    .option('--logs <number>', 'other students whose logs fit the dynamics', countingNumber)
    .option('--seed <number>', 'seed of all chance', wholeNumber, 1)
    .option('--json <file>')
    .action((options: SimulateOptions) =>
      import('./simulate-command.ts').then(({ simulateCommand }) => simulateCommand(options)),
    );
  program
    .command('capabilities')
    .description('try every tensor backend on this computer, and say which one trains')
    .option('--backend <name>', 'try this one alone, and refuse where it does not work')
    .option('--json', 'print the result as JSON')
    .action((options: { readonly backend?: string; readonly json?: boolean }) =>
      import('./capabilities-command.ts').then(({ capabilitiesCommand }) => capabilitiesCommand(options)),
    );
  program
    .command('serve')
    .description('open the app in a browser on this machine')
    .option('--data <folder>')
    .option('--port <number>', 'port; 0 takes any free one', wholeNumber, 0)
    .option('--no-open', 'print the address only')
    .option('--backend <name>', 'tensor backend: tensorflow, webgpu, wasm or cpu; the fastest that works where left out')
    .action((options: ServeOptions) => import('./serve-command.ts').then(({ serveCommand }) => serveCommand(options)));
  return program;
}

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const known = explainSystemError(error);
    console.error(known?.message ?? (error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
