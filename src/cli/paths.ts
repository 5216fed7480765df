import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PathlightError } from '../shared/errors.ts';

/** npm changes the folder; INIT_CWD is where the person typed. */
export const resolveTyped = (typed: string): string => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), typed);

/** @throws PathlightError `no-such-file` */
export function readTyped(typed: string): { readonly name: string; readonly bytes: Uint8Array } {
  const file = resolveTyped(typed);
  if (!existsSync(file))
    throw new PathlightError('no-such-file', `There is no file ${typed}. Check the name and the folder.`, { file: typed });
  return { name: path.basename(file), bytes: readFileSync(file) };
}
