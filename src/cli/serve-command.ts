import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createApplication } from '../main/application.ts';
import { startBrowserHost } from '../main/hosts/browser.ts';
import { defaultDataFolder } from '../main/platform/default-folder.ts';
import { openAddress } from '../main/platform/open-address.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import { PathlightError } from '../shared/errors.ts';
import { programVersion, resolveTyped } from './paths.ts';

const root = path.join(import.meta.dirname, '..', '..');

export interface ServeOptions {
  readonly data?: string;
  readonly port: number;
  readonly open: boolean;
  readonly backend?: string;
}

export async function serveCommand(options: ServeOptions): Promise<void> {
  const pages = path.join(root, 'out', 'renderer');
  if (!existsSync(path.join(pages, 'index.html')))
    throw new PathlightError(
      'not-built',
      'The pages are not built yet. Run "npm run build" first, or use "npm start", which does it.',
    );
  const application = createApplication({
    folder: options.data ? resolveTyped(options.data) : defaultDataFolder(process.platform, process.env),
    clock: () => Date.now(),
    newId: randomUUID,
    spawnTrainer: forkTrainer,
    host: 'browser',
    resources: path.join(root, 'resources'),
    version: programVersion(),
    backend: options.backend ?? process.env['PATHLIGHT_BACKEND'],
  });
  const host = await startBrowserHost({
    application,
    pages,
    token: process.env['PATHLIGHT_TOKEN'] ?? randomBytes(24).toString('base64url'),
    port: options.port,
  }).catch(async (error: unknown) => {
    await application.close();
    throw error;
  });
  console.log(host.url);
  if (options.open) openAddress(host.url, process.platform);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await host.close();
  await application.close();
}
