// Finds a Node that runs TypeScript as it is. Plain syntax: it must be readable by the old Node that it warns about.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** @returns {boolean} */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** The Node to use, or null where there is only an old one. @returns {string | null} */
export function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

export const EXPLANATION = `Pathlight needs Node 22.18 or newer; this is ${process.versions.node}. Run "npm install" once: it brings a fitting Node along, and the npm scripts use it.`;
