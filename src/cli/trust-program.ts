import { Option } from 'commander';
import type { Command } from 'commander';
import type { CardOptions } from './card-command.ts';
import type * as Commands from './trust-commands.ts';

type TrustCommands = typeof Commands;
const trustCommands = (): Promise<TrustCommands> => import('./trust-commands.ts');

/** What the command line can do about whether the program was right, and with the models that a gradebook has had. */
export function addTrustCommands(program: Command): void {
  program
    .command('feedback')
    .description('what was forecast and planned, against what then happened')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--json', 'print the result as JSON')
    .action((options: Parameters<TrustCommands['feedbackCommand']>[0]) =>
      trustCommands().then(({ feedbackCommand }) => feedbackCommand(options)),
    );
  const models = program.command('models').description('the models that a gradebook has had, and which one is in use');
  models
    .command('list', { isDefault: true })
    .description('list them, newest first')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--json', 'print the result as JSON')
    .action((options: Parameters<TrustCommands['listModelsCommand']>[0]) =>
      trustCommands().then(({ listModelsCommand }) => listModelsCommand(options)),
    );
  models
    .command('card [model]')
    .description('the model card, in the words of the screen; of the model in use where none is named')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .addOption(new Option('--language <language>').choices(['en', 'zh']).default('en'))
    .addOption(new Option('--paper <size>', 'of the page').choices(['a4', 'letter']).default('a4'))
    .option('--out <file>', 'write it as a page (HTML); printed as text where left out')
    .action((model: string | undefined, options: CardOptions) =>
      import('./card-command.ts').then(({ cardCommand }) => cardCommand(model, options)),
    );
  models
    .command('use <model>')
    .description('take one into use, by its id; "starter" for the shipped one')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .action((model: string, options: Parameters<TrustCommands['useModelCommand']>[1]) =>
      trustCommands().then(({ useModelCommand }) => useModelCommand(model, options)),
    );
  models
    .command('remove <model>')
    .description('delete one that is not in use; what it forecast is kept')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .action((model: string, options: Parameters<TrustCommands['removeModelCommand']>[1]) =>
      trustCommands().then(({ removeModelCommand }) => removeModelCommand(model, options)),
    );
  models
    .command('add <folder>')
    .description('take a model that the command train made into the gradebook, and into use')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .action((folder: string, options: Parameters<TrustCommands['addModelCommand']>[1]) =>
      trustCommands().then(({ addModelCommand }) => addModelCommand(folder, options)),
    );
  models
    .command('compare <first> <second>')
    .description('hold two against each other on answers that came after both were trained')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--json', 'print the result as JSON')
    .action((first: string, second: string, options: Parameters<TrustCommands['compareModelsCommand']>[2]) =>
      trustCommands().then(({ compareModelsCommand }) => compareModelsCommand(first, second, options)),
    );
}
