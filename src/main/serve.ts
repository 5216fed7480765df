// The browser's counterpart of index.ts: wires everything for the browser host.
import { randomBytes, randomUUID } from 'node:crypto';
import { createApplication } from './application.ts';
import type { ApplicationOptions } from './application-options.ts';
import { startBrowserHost } from './hosts/browser.ts';
import type { BrowserHost } from './hosts/browser.ts';

/** How the application's processes are started. */
export type Processes = Pick<ApplicationOptions, 'spawnTrainer' | 'spawnImporter' | 'spawnBackup'>;

export interface ServeSettings extends Pick<ApplicationOptions, 'folder' | 'resources' | 'version' | 'backend'> {
  /** Folder of the built renderer. */
  readonly pages: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Made up where left out. */
  readonly token: string | undefined;
}

/** @throws PathlightError as createApplication, and `port-in-use` */
export async function serve({ pages, port, token, ...settings }: ServeSettings, processes: Processes): Promise<BrowserHost> {
  const application = createApplication({
    ...settings,
    ...processes,
    clock: () => Date.now(),
    newId: randomUUID,
    host: 'browser',
  });
  const host = await startBrowserHost({
    application,
    pages,
    token: token ?? randomBytes(24).toString('base64url'),
    port,
  }).catch(async (error: unknown) => {
    await application.close();
    throw error;
  });
  return {
    url: host.url,
    async close() {
      await host.close();
      await application.close();
    },
  };
}
