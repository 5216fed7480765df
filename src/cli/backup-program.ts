import type { Command } from 'commander';
import type { BackupCommandOptions, RestoreCommandOptions } from './backup-commands.ts';

// Each command is loaded when it is asked for: an import need not load what trains.
const backupCommands = () => import('./backup-commands.ts');

/** Copies of a gradebook. */
export function addBackupCommands(program: Command): void {
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
}
