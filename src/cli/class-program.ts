import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { GroupsCommandOptions } from './groups-command.ts';
import type { LessonCommandOptions } from './lesson-command.ts';
import type { NotesOptions, StudentsOptions } from './people-commands.ts';
import type { ClassCommandOptions } from './with-class.ts';

const between =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    return value;
  };

/** A=B, as often as it is said; an id may hold an equals sign, a group does not. */
function pair(text: string, before: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1) throw new InvalidArgumentError('It must be of the form ONE=OTHER.');
  return [...before, [text.slice(0, at).trim(), text.slice(at + 1).trim()]];
}

const ofClass = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--class <name>', 'the class; the one with the newest answer where left out');

/** What the command line can do for a class between two lessons. */
export function addClassCommands(program: Command): void {
  ofClass(program, 'lesson', 'groups for the next lesson, and what each does when')
    .option('--minutes <number>', 'length of the lesson, 20 to 180', between(20, 180), 45)
    .option('--size <number>', 'the largest group, 1 to 60', between(1, 60), 8)
    .option('--json', 'print the plan as JSON')
    .action((options: LessonCommandOptions) => import('./lesson-command.ts').then(({ lessonCommand }) => lessonCommand(options)));
  ofClass(program, 'groups', 'groups of the class: the proposal, or your own')
    .option('--size <number>', 'the largest group of a proposal, 1 to 60', between(1, 60), 8)
    .option('--move <student=group>', 'a student, by id or name, into a group, by letter or name; may be repeated', pair, [])
    .option('--rename <group=name>', 'give a group a name; may be repeated', pair, [])
    .option('--new <name>', 'make a group; may be repeated', (name: string, before: readonly string[]) => [...before, name], [])
    .option('--proposal', 'go back to the program’s proposal')
    .option('--undo', 'put back the groups that stood before the last change')
    .option('--json', 'print the groups as JSON')
    .action((options: GroupsCommandOptions) => import('./groups-command.ts').then(({ groupsCommand }) => groupsCommand(options)));
  program
    .command('students')
    .description('list students, or type some in; what was typed in is an import and can be undone')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .option('--class <name>', 'of one class, or the class that they come into')
    .option('--add <name>', 'a new student; may be repeated', (name: string, before: readonly string[]) => [...before, name], [])
    .option('--json')
    .action((options: StudentsOptions) => import('./people-commands.ts').then(({ studentsCommand }) => studentsCommand(options)));
  program
    .command('notes')
    .description('your notes on a student')
    .requiredOption('--data <folder>', 'folder of the gradebook')
    .requiredOption('--student <id>')
    .option('--add <text>')
    .option('--delete <note>', 'by its id; it can be brought back for a month')
    .option('--restore <note>')
    .option('--json')
    .action((options: NotesOptions) => import('./people-commands.ts').then(({ notesCommand }) => notesCommand(options)));
  ofClass(program, 'watch', 'who of a class is not as was to be expected, and what says so')
    .option('--json', 'print the warnings as JSON')
    .action((options: ClassCommandOptions) => import('./lesson-command.ts').then(({ watchCommand }) => watchCommand(options)));
}
