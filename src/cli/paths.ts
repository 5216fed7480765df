import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PathlightError } from '../shared/errors.ts';

/** npm changes the folder; INIT_CWD is where the person typed. */
export const resolveTyped = (typed: string): string => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), typed);

/** @throws PathlightError `no-such-file` */
export function findTyped(typed: string): { readonly name: string; readonly path: string } {
  const file = resolveTyped(typed);
  if (!existsSync(file) || !statSync(file).isFile())
    throw new PathlightError('no-such-file', `There is no file ${typed}. Check the name and the folder.`, { file: typed });
  return { name: path.basename(file), path: file };
}

/** @throws PathlightError `no-such-file` */
export function readTyped(typed: string): { readonly name: string; readonly bytes: Uint8Array } {
  const { name, path: file } = findTyped(typed);
  return { name, bytes: readFileSync(file) };
}

/** Of package.json. */
export const programVersion = (): string =>
  (JSON.parse(readFileSync(path.join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;

/** Shipped files lie beside src/. */
export const resources = path.join(import.meta.dirname, '..', '..', 'resources');
