import { Option } from 'commander';
import type { Command } from 'commander';
import { BASELINE_NAMES } from '../learning/baselines/baseline.ts';
import { DEFAULT_AFTER } from '../learning/evaluation/protocol.ts';
import { DEFAULT_BETA, LEARNER_NAMES } from '../learning/meta/learner-names.ts';
import type { CompareOptions } from './compare-command.ts';
import type { EvaluateOptions } from './evaluate-command.ts';
import type { PredictOptions, TrainOptions } from './model-commands.ts';
import type { SimulateOptions } from './simulate-command.ts';
import { countingNumber, nameList, numberList, positiveNumber, wholeNumber } from './option-values.ts';

// Each command is loaded when it is asked for: an import need not load what trains.
const modelCommands = () => import('./model-commands.ts');

/** Models: trained, asked, judged, compared. */
export function addModelCommands(program: Command): void {
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
}
