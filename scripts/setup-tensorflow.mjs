// Makes @tensorflow/tfjs-node usable. Run by after-install.mjs, or by hand: `node scripts/setup-tensorflow.mjs`.
//
// tfjs-node's own installer downloads libtensorflow from one host, which schools' and build machines' networks often refuse. The Python
// package of TensorFlow holds the same library, and package mirrors carry that. The binding is a Node-API addon, so one build serves
// every Node version and Electron.
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, copyFileSync, cpSync, readdirSync, realpathSync, rmSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const TENSORFLOW_VERSION = '2.21.0';
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Tries each way in turn until one leaves a binding that loads.
 * @param {{ loads: () => boolean, ways: { name: string, run: () => string | null }[] }} steps a way returns null, or why it failed
 * @returns {{ backend: 'tensorflow' | 'wasm', line: string }}
 */
export function decide({ loads, ways }) {
  if (loads()) return { backend: 'tensorflow', line: 'Pathlight will compute with TensorFlow.' };
  const refused = [];
  for (const way of ways) {
    const reason = way.run();
    if (reason === null && loads())
      return { backend: 'tensorflow', line: `Pathlight will compute with TensorFlow (${way.name}).` };
    refused.push(`${way.name}: ${reason ?? 'built, but it does not load'}`);
  }
  return {
    backend: 'wasm',
    line: `Pathlight will compute with WebAssembly, more slowly than with TensorFlow (${refused.join('; ')}).`,
  };
}

function run(command, args, options) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (result.error) return result.error.code === 'ETIMEDOUT' ? 'took too long' : result.error.message;
  if (result.status === 0) return null;
  const words = `${result.stderr ?? ''}${result.stdout ?? ''}`.trim().split('\n');
  return (words.findLast((line) => /error/i.test(line)) ?? words.at(-1) ?? `exit code ${result.status}`).trim().slice(0, 160);
}

/** Where a download is kept between installs. */
function cacheFolder() {
  const base =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? path.join(homedir(), 'Library', 'Caches')
        : (process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'));
  return path.join(base, 'pathlight', `tensorflow-${TENSORFLOW_VERSION}-${process.platform}-${process.arch}`);
}

/** The library's names inside the wheel, and the names under which tfjs-node's build looks for them. */
const LIBRARIES = {
  linux: { package: 'tensorflow-cpu', main: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2', suffix: 'so' },
  darwin: {
    package: 'tensorflow',
    main: 'libtensorflow_cc.2.dylib',
    framework: 'libtensorflow_framework.2.dylib',
    suffix: 'dylib',
  },
};

function python() {
  return ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
}

/** Unpacks libraries and headers from the wheel into the cache; null when they are there. */
function fetchWheel(folder, names) {
  if (existsSync(path.join(folder, 'tensorflow', names.main))) return null;
  const interpreter = python();
  if (!interpreter) return 'no Python with pip on this machine';
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const refused = run(
      interpreter,
      [
        '-m',
        'pip',
        'download',
        '--quiet',
        '--no-deps',
        '--only-binary=:all:',
        '--dest',
        work,
        `${names.package}==${TENSORFLOW_VERSION}`,
      ],
      { timeout: 600_000 },
    );
    if (refused) return refused;
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
    const script = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [n for n in wheel.namelist() if n.startswith('tensorflow/include/') or n in ('tensorflow/${names.main}', 'tensorflow/${names.framework}')])`;
    const broken = run(interpreter, ['-c', script, path.join(work, wheel), work], { timeout: 300_000 });
    if (broken) return broken;
    rmSync(path.join(work, wheel));
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function buildFromWheel(tfjsNode, node) {
  const names = LIBRARIES[process.platform];
  if (!names) return `no TensorFlow library in the Python package for ${process.platform}`;
  const folder = cacheFolder();
  const refused = fetchWheel(folder, names);
  if (refused) return refused;
  const deps = path.join(tfjsNode, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(path.join(deps, 'lib'), { recursive: true });
  const from = path.join(folder, 'tensorflow');
  cpSync(path.join(from, 'include'), path.join(deps, 'include'), { recursive: true });
  const copies = [
    [names.main, names.main],
    [names.main, `libtensorflow.${names.suffix}`],
    [names.framework, names.framework],
    [names.framework, `libtensorflow_framework.${names.suffix}`],
  ];
  // Linked, not copied, where the file system can: the library alone is hundreds of megabytes.
  for (const [source, name] of copies) linkOrCopy(path.join(from, source), path.join(deps, 'lib', name));
  const require = createRequire(path.join(tfjsNode, 'package.json'));
  const builder = require.resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp');
  const headers = headersFolder();
  return run(node, [builder, 'install', '--build-from-source', ...(headers ? [`--nodedir=${headers}`] : [])], {
    cwd: tfjsNode,
    timeout: 600_000,
  });
}

/**
 * A Node installation that has C headers; without one the build downloads them. The headers of any Node will do, because Node-API is the same
 * in all: the `node` package, under which npm scripts run, has none, but the Node under which npm itself runs usually does.
 */
function headersFolder() {
  const prefix = (binary) => binary && path.dirname(path.dirname(realpathSync(binary)));
  const candidates = [
    process.env.npm_config_nodedir,
    prefix(process.execPath),
    prefix(process.env.npm_node_execpath),
    '/usr',
    '/usr/local',
  ];
  return candidates.find((folder) => folder && existsSync(path.join(folder, 'include', 'node', 'node_api.h')));
}

function linkOrCopy(source, destination) {
  try {
    linkSync(source, destination);
  } catch {
    // Another file system, or one without hard links.
    copyFileSync(source, destination);
  }
}

/** @returns {Promise<{ backend: 'tensorflow' | 'wasm', line: string }>} */
export async function setUpTensorFlow() {
  const tfjsNode = path.join(root, 'node_modules', '@tensorflow', 'tfjs-node');
  if (!existsSync(tfjsNode))
    return { backend: 'wasm', line: 'Pathlight will compute with WebAssembly (tfjs-node is not installed).' };
  const node = process.execPath;
  const check =
    "const u=require('node:util');u.isNullOrUndefined??=(v)=>v==null;u.isArray??=Array.isArray;require('@tensorflow/tfjs-node')";
  const loads = () =>
    spawnSync(node, ['-e', check], { cwd: root, timeout: 120_000, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' } }).status ===
    0;
  return decide({
    loads,
    ways: [
      {
        name: 'official download',
        run: () => run(node, [path.join('scripts', 'install.js')], { cwd: tfjsNode, timeout: 300_000 }),
      },
      { name: 'library from the Python package', run: () => buildFromWheel(tfjsNode, node) },
    ],
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log((await setUpTensorFlow()).line);
