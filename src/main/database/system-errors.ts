import { PathlightError } from '../../shared/errors.ts';

/**
 * Says in a sentence what the system or SQLite refused: a full disk, a folder that may not be written, a damaged file, another program at work.
 * Undefined for everything else.
 */
export function explainSystemError(error: unknown): PathlightError | undefined {
  if (error instanceof PathlightError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return undefined;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return new PathlightError(
      'disk-full',
      'There is no room left on the disk. Nothing was changed; free some space and do it again.',
      { cause: code },
    );
  if (code.startsWith('SQLITE_READONLY') || ['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new PathlightError(
      'read-only',
      'The data folder or the gradebook in it may not be written to. Nothing was changed; allow writing there, or choose another data folder.',
      { cause: code },
    );
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new PathlightError('damaged-gradebook', 'The gradebook is damaged. Nothing was changed; restore a backup.', {
      cause: code,
    });
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new PathlightError(
      'gradebook-busy',
      'Another program is writing to the gradebook. Nothing was changed; wait until it is done and do it again.',
      { cause: code },
    );
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code === 'EIO')
    return new PathlightError(
      'disk-error',
      'The disk does not read or write the gradebook as it should. Nothing was changed; check the disk and that the folder is still there.',
      { cause: code },
    );
  return undefined;
}
