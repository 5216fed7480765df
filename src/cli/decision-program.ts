import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { STRATEGIES } from '../shared/strategy.ts';
import type { Strategy } from '../shared/strategy.ts';
import type { MaterialOptions } from './material-command.ts';
import { languageOption } from './plan-program.ts';
import type { DecideOptions, DecisionsOptions } from './decision-commands.ts';

/** Midnight at the beginning of a day, here. */
function dayOf(text: string): number {
  const [year, month, day] = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.split('-').map(Number) : [];
  const at = year === undefined ? undefined : new Date(year, month! - 1, day);
  if (!at || at.getMonth() !== month! - 1 || at.getDate() !== day)
    throw new InvalidArgumentError('It must be a day as 2026-12-31.');
  return at.getTime();
}

function strategyOf(text: string): { readonly skill: string; readonly strategy: Strategy } {
  const at = text.lastIndexOf('=');
  const strategy = STRATEGIES.find((each) => each === text.slice(at + 1));
  if (at < 1 || !strategy)
    throw new InvalidArgumentError(`It must be SKILL=STRATEGY, where STRATEGY is one of ${STRATEGIES.join(', ')}.`);
  return { skill: text.slice(0, at), strategy };
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (!Number.isInteger(minutes) || minutes < 5 || minutes > 3000)
    throw new InvalidArgumentError('It must be a whole number from 5 to 3000.');
  return minutes;
}

const skillList = (text: string): string[] =>
  [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '');
const commands = () => import('./decision-commands.ts');

/** What a teacher decides about a student’s path, and has for skills, on the command line. */
export function addDecisionCommands(program: Command): void {
  program
    .command('decide')
    .description('decide about a student’s path; evidence and forecasts stay what they are')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--student <id>')
    .option('--first <skill>', 'this skill comes next')
    .option('--leave-out <skill>', 'no step on this skill')
    .option('--until <day>', 'with --leave-out: until this day, as 2026-12-31', dayOf)
    .option('--known <skill>', 'the student knows it, whatever the answers say')
    .option('--not-known <skill>', 'the student does not know it yet')
    .option('--strategy <skill=strategy>', `how the next step on it is worked: ${STRATEGIES.join(', ')}`, strategyOf)
    .option('--goal <skills>', 'what the path aims at, by ids or names, with commas', skillList)
    .option('--due <day>', 'with --goal', dayOf)
    .option('--minutes <number>', 'with --goal: minutes a week', minutesOf)
    .option('--note <text>', 'a note of your own', '')
    .option('--take-back <decision>', 'take a decision back')
    .option('--restore <decision>', 'let one that was taken back hold again')
    .option('--json', 'print the result as JSON')
    .action((options: DecideOptions, command: Command) =>
      commands().then(({ decideCommand, decisionIn }) => {
        const back = [options.takeBack, options.restore].filter((each) => each !== undefined).length;
        const decided = decisionIn(options, (skill) => skill) !== undefined;
        if (back + (decided ? 1 : 0) !== 1 || (decided && options.student === undefined))
          command.error(
            'error: give --student ID and one of --first, --leave-out, --known, --not-known, --strategy, --goal; or --take-back, or --restore',
          );
        if (options.until !== undefined && options.leaveOut === undefined) command.error('error: --until needs --leave-out');
        if ((options.due ?? options.minutes) !== undefined && options.goal === undefined)
          command.error('error: --due and --minutes need --goal');
        return decideCommand(options);
      }),
    );
  program
    .command('decisions')
    .description('list what was decided about students’ paths, and whether it holds')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--student <id>', 'one student; everyone where left out')
    .option('--history', 'also what was taken back')
    .addOption(languageOption())
    .option('--json', 'print the result as JSON')
    .action((options: DecisionsOptions) => commands().then(({ decisionsCommand }) => decisionsCommand(options)));
  program
    .command('material')
    .description('list, add and delete what there is for skills: links, files, or a table skill,title,url,strategy')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--add <skill>', 'add to this skill, with --url or --file')
    .option('--url <address>', 'a web page')
    .option('--file <file>', 'a file, which is copied into the gradebook')
    .option('--title <text>')
    .addOption(new Option('--strategy <strategy>', 'the way of working that it is for').choices(STRATEGIES))
    .option('--delete <id>')
    .option('--import <file>', 'add the links of a table')
    .option('--export <file>', 'write all links as a table')
    .option('--json', 'print the result as JSON')
    .action((options: MaterialOptions, command: Command) => {
      const asked = [options.add, options.delete, options.import, options.export].filter((each) => each !== undefined);
      if (asked.length > 1) command.error('error: give one of --add, --delete, --import, --export');
      if ((options.add === undefined) !== ((options.url ?? options.file) === undefined) || (options.url && options.file))
        command.error('error: --add SKILL needs --url ADDRESS or --file FILE');
      return import('./material-command.ts').then(({ materialCommand }) => materialCommand(options));
    });
}
