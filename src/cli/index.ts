// The command line: the same services without a window. Exit codes: 0 done, 1 refused (reason on the error stream), 2 usage.
import { CommanderError } from 'commander';
import { explainSystemError } from '../main/database/system-errors.ts';
import { createProgram } from './program.ts';

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
