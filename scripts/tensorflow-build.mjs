// What setup-tensorflow.mjs builds with: TensorFlow's libraries from its Python packages, kept between installs, and tfjs-node's binding.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';

export const TENSORFLOW_VERSION = '2.21.0';

/** @returns {string | null} null, or why it failed */
export function run(command, args, options) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (result.error) return result.error.code === 'ETIMEDOUT' ? 'took too long' : result.error.message;
  if (result.status === 0) return null;
  const words = `${result.stderr ?? ''}${result.stdout ?? ''}`.trim().split('\n');
  return (words.findLast((line) => /error/i.test(line)) ?? words.at(-1) ?? `exit code ${result.status}`).trim().slice(0, 160);
}

/** Where libraries are kept between installs. @param {'tensorflow' | 'tensorflow-cuda'} kind */
export function cacheFolder(kind) {
  const base =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? path.join(homedir(), 'Library', 'Caches')
        : (process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'));
  return path.join(base, 'pathlight', `${kind}-${TENSORFLOW_VERSION}-${process.platform}-${process.arch}`);
}

/** The library's names inside the wheel, and the names under which tfjs-node's build looks for them. */
export const LIBRARIES = {
  linux: { package: 'tensorflow-cpu', main: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2', suffix: 'so' },
  darwin: {
    package: 'tensorflow',
    main: 'libtensorflow_cc.2.dylib',
    framework: 'libtensorflow_framework.2.dylib',
    suffix: 'dylib',
  },
};

const python = () => ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);

/**
 * Unpacks parts of Python packages into a folder, whole or not at all; null when they are there.
 * @param {{ folder: string, pip: string[], wheels: RegExp, files: string, timeout: number }} wanted arguments of `pip download`, which of the wheels are
 * unpacked, and a Python expression over a file's name `n` that says which files
 */
export function fetchWheels({ folder, pip, wheels, files, timeout }) {
  if (existsSync(folder)) return null;
  const interpreter = python();
  if (!interpreter) return 'no Python with pip on this machine';
  const work = `${folder}.${process.pid}`;
  const downloads = path.join(work, 'wheels');
  mkdirSync(downloads, { recursive: true });
  try {
    const refused = run(interpreter, ['-m', 'pip', 'download', '--quiet', '--only-binary=:all:', '--dest', downloads, ...pip], {
      timeout,
    });
    if (refused) return refused;
    const script = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [n for n in wheel.namelist() if ${files}])`;
    // One after the other, each removed when it is unpacked: together they would need twice the space.
    for (const wheel of readdirSync(downloads).filter((name) => wheels.test(name))) {
      const broken = run(interpreter, ['-c', script, path.join(downloads, wheel), work], { timeout: 300_000 });
      if (broken) return broken;
      rmSync(path.join(downloads, wheel));
    }
    rmSync(downloads, { recursive: true });
    renameSync(work, folder);
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Builds tfjs-node's binding against the libraries of a folder that fetchWheels filled.
 * @param {{ tfjsNode: string, node: string, folder: string, names: typeof LIBRARIES.linux }} parts
 * @returns {string | null} null, or why it failed
 */
export function buildBinding({ tfjsNode, node, folder, names }) {
  const deps = path.join(tfjsNode, 'deps');
  for (const old of [deps, path.join(tfjsNode, 'lib')]) rmSync(old, { recursive: true, force: true });
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
  // The CUDA build of the library looks for NVIDIA's beside itself ($ORIGIN/../nvidia), so no environment variable is needed.
  const nvidia = path.join(folder, 'nvidia');
  if (existsSync(nvidia)) symlinkSync(nvidia, path.join(deps, 'nvidia'), 'dir');
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
