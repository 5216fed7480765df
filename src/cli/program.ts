import { Command } from 'commander';
import { addCourseCommands } from './course-program.ts';
import { addDecisionCommands } from './decision-program.ts';
import { addClassCommands } from './class-program.ts';
import { addPlanCommands } from './plan-program.ts';
import type { ServeOptions } from './serve-command.ts';
import { addTrustCommands } from './trust-program.ts';
import { wholeNumber } from './option-values.ts';
import { addBackupCommands } from './backup-program.ts';
import { addGradebookCommands } from './gradebook-program.ts';
import { addModelCommands } from './model-program.ts';

/** All commands with their options; what a command does is loaded when it is called. */
export function createProgram(): Command {
  const program = new Command('pathlight')
    .description('Fits itself to each student and shows the path that helps them next.')
    .exitOverride()
    .showHelpAfterError();
  addGradebookCommands(program);
  addCourseCommands(program);
  addDecisionCommands(program);
  addTrustCommands(program);
  addClassCommands(program);
  addBackupCommands(program);
  addModelCommands(program);
  addPlanCommands(program);
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
