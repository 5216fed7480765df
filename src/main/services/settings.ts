import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { backendName } from '../../shared/contract/computing.ts';

/**
 * What was chosen for this computer. It lies beside the gradebook and not in it: a copy of the gradebook says nothing about the computer that
 * opens it.
 */
const settings = z.object({ backend: backendName.nullable().catch(null) });
export type Settings = z.infer<typeof settings>;

const DEFAULTS: Settings = { backend: null };

export interface SettingsStore {
  /** Missing or damaged: the defaults. */
  read(): Settings;
  write(change: Partial<Settings>): void;
}

export function createSettings(folder: string): SettingsStore {
  const file = path.join(folder, 'settings.json');
  const read = (): Settings => {
    if (!existsSync(file)) return DEFAULTS;
    try {
      return settings.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return DEFAULTS;
    }
  };
  return {
    read,
    write(change) {
      // Whole or not at all.
      const draft = `${file}.new`;
      writeFileSync(draft, `${JSON.stringify({ ...read(), ...change }, undefined, 1)}\n`);
      renameSync(draft, file);
    },
  };
}
