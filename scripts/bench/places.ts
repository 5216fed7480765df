import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');

/** The folder with data, prototypes and PyTorch's side of the benchmark; its data folder may be named alone. */
export const sharedFolder = process.env['PATHLIGHT_DATA']
  ? path.resolve(process.env['PATHLIGHT_DATA'], '..')
  : path.join(root, '..', 'shared');

/** A file of that folder, where it is there. */
export function sharedFile(...parts: string[]): string | undefined {
  const file = path.join(sharedFolder, ...parts);
  return existsSync(file) ? file : undefined;
}

/** A Python that can import these modules: PATHLIGHT_PYTHON, or the first of the usual names. */
export function findPython(...modules: string[]): string | undefined {
  const names = process.env['PATHLIGHT_PYTHON'] ? [process.env['PATHLIGHT_PYTHON']] : ['python3', 'python'];
  return names.find((name) => spawnSync(name, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' }).status === 0);
}

export const NO_TORCH =
  'PyTorch is missing here, so nothing is measured beside it: "pip install torch numpy scipy", or name a Python that has them in PATHLIGHT_PYTHON.';

export const NO_JAX =
  'JAX is missing here, so nothing is measured beside it: "pip install jax", or name a Python that has it in PATHLIGHT_PYTHON.';

export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a program to its end. @throws Error with what it said on its error stream */
export function runToEnd(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`${path.basename(program)} ${args[0]} ended with ${status}: ${stderr.slice(-1000)}`);
  return stdout;
}

/** Pathlight's own command line. */
export const pathlight = (...args: string[]): string =>
  runToEnd(process.execPath, ['--no-deprecation', path.join(root, 'src', 'cli', 'index.ts'), ...args]);
