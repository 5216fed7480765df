// Builds what Electron loads and the pages, when sources are newer than what was built. `ensureBuilt` is used by start and the end-to-end tests.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) latest = Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  return latest;
}

/** @param {string} node the Node to build with. @returns {boolean} whether there is a build now */
export function ensureBuilt(node) {
  const outputs = ['main/index.js', 'main/serve.js', 'preload/index.cjs', 'renderer/index.html'].map((name) =>
    path.join(root, 'out', name),
  );
  if (outputs.every((name) => existsSync(name))) {
    const oldest = Math.min(...outputs.map((name) => statSync(name).mtimeMs));
    const sources = Math.max(
      newest(path.join(root, 'src')),
      ...['package.json', 'electron.vite.config.ts'].map((name) => statSync(path.join(root, name)).mtimeMs),
    );
    if (sources <= oldest) return true;
  }
  const manifest = createRequire(import.meta.url).resolve('electron-vite/package.json');
  const result = spawnSync(node, [path.join(path.dirname(manifest), 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  return result.status === 0;
}
