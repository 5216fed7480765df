import { existsSync } from 'node:fs';
import path from 'node:path';
import type { serveBuilt } from '../main/serve-built.ts';
import { defaultDataFolder } from '../main/platform/default-folder.ts';
import { openAddress } from '../main/platform/open-address.ts';
import { PathlightError } from '../shared/errors.ts';
import { loadBuiltHost } from './built-host.ts';
import { programVersion, resolveTyped, resources } from './paths.ts';

const root = path.join(import.meta.dirname, '..', '..');

export interface ServeOptions {
  readonly data?: string;
  readonly port: number;
  readonly open: boolean;
  readonly backend?: string;
}

async function loadSourceHost(): Promise<typeof serveBuilt> {
  const [{ serve }, { forkTrainer }] = await Promise.all([import('../main/serve.ts'), import('../main/trainer/fork.ts')]);
  return (settings) => serve(settings, { spawnTrainer: forkTrainer });
}

export async function serveCommand(options: ServeOptions): Promise<void> {
  const pages = path.join(root, 'out', 'renderer');
  if (!existsSync(path.join(pages, 'index.html')))
    throw new PathlightError(
      'not-built',
      'The pages are not built yet. Run "npm run build" first, or use "npm start", which does it.',
    );
  const serve = (await loadBuiltHost(root)) ?? (await loadSourceHost());
  const host = await serve({
    folder: options.data ? resolveTyped(options.data) : defaultDataFolder(process.platform, process.env),
    pages,
    resources,
    version: programVersion(),
    token: process.env['PATHLIGHT_TOKEN'],
    port: options.port,
    backend: options.backend ?? process.env['PATHLIGHT_BACKEND'],
  });
  console.log(host.url);
  if (options.open) openAddress(host.url, process.platform);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await host.close();
}
