import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type * as Commands from './course-commands.ts';

type CourseCommands = typeof Commands;
const courseCommands = (): Promise<CourseCommands> => import('./course-commands.ts');

const nameList = (text: string): string[] =>
  [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '');
const between =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!(value >= low && value <= high)) throw new InvalidArgumentError(`It must be a number from ${low} to ${high}.`);
    return value;
  };
const weightNumber = between(0.25, 4);
const countingNumber = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
};

/** What the command line can do with questions, assignments, their skills and the map. */
export function addCourseCommands(program: Command): void {
  program
    .command('questions')
    .description('list questions and assignments with their skills')
    .requiredOption('--data <folder>')
    .option('--without-skill', 'only what has no skill yet')
    .option('--json')
    .action((options: Parameters<CourseCommands['questionsCommand']>[0]) =>
      courseCommands().then(({ questionsCommand }) => questionsCommand(options)),
    );
  program
    .command('suggest')
    .description('propose skills from titles; nothing is given until one is accepted')
    .requiredOption('--data <folder>')
    .option('--accept <number>', 'accept the proposal of this number', countingNumber)
    .option('--json')
    .action((options: Parameters<CourseCommands['suggestCommand']>[0]) =>
      courseCommands().then(({ suggestCommand }) => suggestCommand(options)),
    );
  program
    .command('assign <titles...>')
    .description('give questions or assignments, by id or title, skills')
    .requiredOption('--data <folder>')
    .option('--skills <names>', 'ids or names; a new name makes a skill', nameList, [])
    .addOption(new Option('--mode <mode>').choices(['add', 'replace', 'remove', 'file']).default('add'))
    .option('--json')
    .action((titles: readonly string[], options: Parameters<CourseCommands['assignCommand']>[1]) =>
      courseCommands().then(({ assignCommand }) => assignCommand(titles, options)),
    );
  program
    .command('count <titles...>')
    .description('say how questions or assignments count: taken out, with another key, with another weight')
    .requiredOption('--data <folder>')
    .option('--void', 'take them out; their answers stay')
    .option('--restore', 'bring them back')
    .addOption(new Option('--key <key>').choices(['file', 'flipped', 'all-right']))
    .addOption(new Option('--weight <times>', '0.25 to 4').argParser(weightNumber))
    .option('--note <text>', 'for the list of changes', '')
    .option('--json')
    .action((titles: readonly string[], options: Parameters<CourseCommands['countCommand']>[1]) =>
      courseCommands().then(({ countCommand }) => countCommand(titles, options)),
    );
  program
    .command('rule')
    .description('give skills by a rule on the title; without --apply it says what it would change')
    .requiredOption('--data <folder>')
    .addOption(new Option('--place <place>').choices(['contains', 'begins', 'ends', 'pattern']).default('begins'))
    .requiredOption('--text <text>')
    .requiredOption('--skills <names>', 'ids or names', nameList)
    .option('--apply')
    .option('--json')
    .action((options: Parameters<CourseCommands['ruleCommand']>[0]) =>
      courseCommands().then(({ ruleCommand }) => ruleCommand(options)),
    );
  program
    .command('map')
    .description('write the map of skills and prerequisites to a file')
    .requiredOption('--data <folder>')
    .requiredOption('--out <file>')
    .addOption(new Option('--format <format>').choices(['csv', 'case']).default('csv'))
    .action((options: Parameters<CourseCommands['mapCommand']>[0]) =>
      courseCommands().then(({ mapCommand }) => mapCommand(options)),
    );
  program
    .command('starter-map')
    .description(
      'take skills and prerequisites of school mathematics into the course; without --apply it says what would come in',
    )
    .requiredOption('--data <folder>')
    .addOption(new Option('--language <language>', 'of the names').choices(['en', 'zh']).default('en'))
    .addOption(
      new Option(
        '--scope <scope>',
        'what the course’s own skills rest on, or all; without it, all where the course has none of them',
      ).choices(['part', 'all']),
    )
    .option('--apply')
    .option('--json')
    .action((options: Parameters<CourseCommands['starterMapCommand']>[0]) =>
      courseCommands().then(({ starterMapCommand }) => starterMapCommand(options)),
    );
}
