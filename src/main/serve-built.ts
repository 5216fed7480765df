// Entry of the build for the browser host: a few files instead of some hundred sources, which Node would find, strip and link one by one.
import type { BrowserHost } from './hosts/browser.ts';
import { forkProcess } from './processes/fork.ts';
import { serve } from './serve.ts';
import type { ServeSettings } from './serve.ts';
import { IMPORTER_OPTIONS } from './services/importing/importing.ts';

/** Bundled files lie beside this one in out/main. */
const beside = (name: string): URL => new URL(name, import.meta.url);

/** @throws PathlightError as `serve` */
export const serveBuilt = (settings: ServeSettings): Promise<BrowserHost> =>
  serve(settings, {
    spawnTrainer: forkProcess(beside('trainer.js')),
    spawnImporter: forkProcess(beside('importer.js'), IMPORTER_OPTIONS),
    spawnBackup: forkProcess(beside('backup.js')),
  });
