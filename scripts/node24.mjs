// Finds a Node that runs TypeScript as it is. Plain syntax: it must be readable by the old Node that it warns about.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * What our programs are started with. Node keeps its sources stripped of types and compiled beside the packages: reading them anew is most of what a
 * start takes.
 */
export function programEnvironment() {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  return {
    TF_CPP_MIN_LOG_LEVEL: '3',
    NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node-compile'),
    ...process.env,
  };
}

export const EXPLANATION = `Pathlight needs Node 22.18 or newer; this is ${process.versions.node}. Run "npm install" once: it brings a fitting Node along, and the npm scripts use it.`;
