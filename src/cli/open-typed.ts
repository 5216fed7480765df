import { listBackups } from '../main/database/backups/backup-files.ts';
import { openGradebook } from '../main/database/gradebook.ts';
import { RECOVERABLE } from '../main/database/open.ts';
import type { Clock, Gradebook } from '../main/services/ports.ts';
import { likeliest } from '../shared/contract/backups.ts';
import { PathlightError } from '../shared/errors.ts';

/**
 * Opens the gradebook of a folder as it was typed; where a backup can take a damaged one's place, the error names the command.
 * @throws PathlightError as `openGradebook`
 */
export function openTyped(typed: string, file: string, clock: Clock): Gradebook {
  try {
    return openGradebook({ file, clock });
  } catch (error) {
    if (!(error instanceof PathlightError) || !RECOVERABLE.includes(error.code)) throw error;
    const newest = likeliest(listBackups(file));
    const help = newest
      ? `Its newest backup is of ${new Date(newest.at).toLocaleString('en-GB')}. To put it in place, run: pathlight restore --data "${typed}" --newest`
      : 'There is no backup in its folder.';
    throw new PathlightError(error.code, `${error.message}\n${help}`, error.detail);
  }
}
