import { Option } from 'commander';
import type { Command } from 'commander';
import { EXPORTS } from '../shared/contract/gradebook.ts';
import { CLEANING_STEPS } from '../shared/contract/import-cleaning.ts';
import { importChoices } from '../shared/contract/imports.ts';
import type { ExportOptions } from './export-command.ts';
import type { ImportOptions, StatusOptions, UndoOptions } from './gradebook-commands.ts';
import { pairs, switches } from './option-values.ts';

// Each command is loaded when it is asked for: an import need not load what trains.
const gradebookCommands = () => import('./gradebook-commands.ts');

/** What goes into a gradebook, out of it and back. */
export function addGradebookCommands(program: Command): void {
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
}
