import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { serveBuilt } from '../main/serve-built.ts';

/** What the host is made of. */
const SOURCES = ['main', 'shared', 'learning', 'compute'];

const changedAt = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (latest, entry) => (entry.isFile() ? Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs) : latest),
    0,
  );

/** The built browser host; undefined where there is none, or where sources have changed since. @param root of the program */
export async function loadBuiltHost(root: string): Promise<typeof serveBuilt | undefined> {
  const file = path.join(root, 'out', 'main', 'serve.js');
  if (!existsSync(file)) return undefined;
  const built = statSync(file).mtimeMs;
  const folders = SOURCES.map((name) => path.join(root, 'src', name)).filter((folder) => existsSync(folder));
  if (folders.some((folder) => changedAt(folder) > built)) return undefined;
  const module = (await import(pathToFileURL(file).href)) as { serveBuilt: typeof serveBuilt };
  return module.serveBuilt;
}
