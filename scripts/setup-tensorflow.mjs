// Makes @tensorflow/tfjs-node usable. Run by after-install.mjs, or by hand: `node scripts/setup-tensorflow.mjs`, with `--gpu` for NVIDIA graphics cards
// under Linux, with `--cpu` to go back.
//
// tfjs-node's own installer downloads libtensorflow from one host, which schools' and build machines' networks often refuse. The Python
// package of TensorFlow holds the same library, and package mirrors carry that. The binding is a Node-API addon, so one build serves
// every Node version and Electron.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildBinding, cacheFolder, fetchWheels, LIBRARIES, run, TENSORFLOW_VERSION } from './tensorflow-build.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const tfjsNode = path.join(root, 'node_modules', '@tensorflow', 'tfjs-node');
const node = process.execPath;

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

/** Free space that the CUDA libraries need: 3.3 GB of downloads, 5.5 GB unpacked. */
const GPU_BYTES = 10e9;

/**
 * Why TensorFlow's CUDA library is not even downloaded here.
 * @param {{ platform: string, arch: string, freeBytes: number, driver: boolean, force: boolean }} machine
 * @returns {string | null}
 */
export function whyNoGpu({ platform, arch, freeBytes, driver, force }) {
  if (platform !== 'linux' || arch !== 'x64')
    return `TensorFlow has a CUDA library for Linux on x64 only, and this is ${platform} on ${arch}. Other graphics cards are used through WebGPU, without any set-up.`;
  if (!driver && !force)
    return 'No NVIDIA graphics card answers here ("nvidia-smi" fails). Install its driver first, or add --force to set the library up all the same.';
  if (freeBytes < GPU_BYTES)
    return `The CUDA libraries need ${GPU_BYTES / 1e9} GB of free space while they are set up, and ${(freeBytes / 1e9).toFixed(1)} GB are free in ${path.dirname(cacheFolder('tensorflow-cuda'))}.`;
  return null;
}

/**
 * Sets the CUDA library up, and goes back to the ordinary one where it does not load.
 * @param {{ refusal: string | null, build: () => string | null, inspect: () => { gpu: boolean } | null, goBack: () => Promise<{ line: string }> }} steps
 * @returns {Promise<{ done: boolean, line: string }>}
 */
export async function decideGpu({ refusal, build, inspect, goBack }) {
  if (refusal !== null) return { done: false, line: refusal };
  const reason = build();
  const found = reason === null ? inspect() : null;
  if (found?.gpu) return { done: true, line: 'Pathlight will compute with TensorFlow on the graphics card.' };
  if (found)
    return {
      done: true,
      line: 'TensorFlow’s CUDA library is set up and loads, but sees no NVIDIA graphics card, so the processor will compute. Check the driver with "nvidia-smi"; "node scripts/setup-tensorflow.mjs --cpu" goes back to the ordinary library.',
    };
  return {
    done: false,
    line: `The CUDA library cannot be used (${reason ?? 'built, but it does not load'}). ${(await goBack()).line}`,
  };
}

/** Loads the binding as Pathlight does; null where it does not load. @returns {{ gpu: boolean } | null} */
function inspect() {
  const script =
    "const u=require('node:util');u.isNullOrUndefined??=(v)=>v==null;u.isArray??=Array.isArray;const tf=require('@tensorflow/tfjs-node');console.log(JSON.stringify({gpu:tf.backend().isUsingGpuDevice===true}))";
  const { status, stdout } = spawnSync(node, ['-e', script], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', TF_FORCE_GPU_ALLOW_GROWTH: 'true' },
  });
  return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1)) : null;
}

function buildFromWheel() {
  const names = LIBRARIES[process.platform];
  if (!names) return `no TensorFlow library in the Python package for ${process.platform}`;
  const folder = cacheFolder('tensorflow');
  const refused = fetchWheels({
    folder,
    pip: ['--no-deps', `${names.package}==${TENSORFLOW_VERSION}`],
    wheels: /^tensorflow/,
    files: `n.startswith('tensorflow/include/') or n in ('tensorflow/${names.main}', 'tensorflow/${names.framework}')`,
    timeout: 600_000,
  });
  return refused ?? buildBinding({ tfjsNode, node, folder, names });
}

function buildFromCuda() {
  const names = LIBRARIES.linux;
  const folder = cacheFolder('tensorflow-cuda');
  const refused = fetchWheels({
    folder,
    // The libraries are the same for every Python; a Python that TensorFlow has packages for is named, whichever runs pip.
    pip: ['--no-cache-dir', '--python-version', '3.11', `tensorflow[and-cuda]==${TENSORFLOW_VERSION}`],
    wheels: /^(tensorflow-|nvidia_)/,
    files: `n.startswith('tensorflow/include/') or n in ('tensorflow/${names.main}', 'tensorflow/${names.framework}') or (n.startswith('nvidia/') and '/include/' not in n)`,
    timeout: 3_600_000,
  });
  return refused ?? buildBinding({ tfjsNode, node, folder, names });
}

/** @returns {Promise<{ backend: 'tensorflow' | 'wasm', line: string }>} */
export async function setUpTensorFlow() {
  if (!existsSync(tfjsNode))
    return { backend: 'wasm', line: 'Pathlight will compute with WebAssembly (tfjs-node is not installed).' };
  return decide({
    loads: () => inspect() !== null,
    ways: [
      // Whoever set it up once keeps it when packages are installed anew.
      ...(existsSync(cacheFolder('tensorflow-cuda')) ? [{ name: 'CUDA library', run: buildFromCuda }] : []),
      {
        name: 'official download',
        run: () => run(node, [path.join('scripts', 'install.js')], { cwd: tfjsNode, timeout: 300_000 }),
      },
      { name: 'library from the Python package', run: buildFromWheel },
    ],
  });
}

/** Takes the ordinary library, whatever was there. */
async function goBackToCpu() {
  rmSync(cacheFolder('tensorflow-cuda'), { recursive: true, force: true });
  for (const built of ['deps', 'lib']) rmSync(path.join(tfjsNode, built), { recursive: true, force: true });
  return setUpTensorFlow();
}

async function setUpGpu(force) {
  const cache = path.dirname(cacheFolder('tensorflow-cuda'));
  mkdirSync(cache, { recursive: true });
  const { bavail, bsize } = statfsSync(cache);
  const refusal = !existsSync(tfjsNode)
    ? 'tfjs-node is not installed. Run "npm install" first.'
    : existsSync(cacheFolder('tensorflow-cuda'))
      ? null
      : whyNoGpu({
          platform: process.platform,
          arch: process.arch,
          freeBytes: bavail * bsize,
          driver: spawnSync('nvidia-smi').status === 0,
          force,
        });
  if (refusal === null) console.log('Setting TensorFlow’s CUDA library up; what is downloaded for it is 3.3 GB …');
  return decideGpu({ refusal, build: buildFromCuda, inspect, goBack: goBackToCpu });
}

const FLAGS = ['--gpu', '--cpu', '--force'];

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown !== undefined) {
    console.error(`There is no option ${unknown}. Use --gpu (with --force), --cpu, or none.`);
    process.exitCode = 2;
  } else if (flags.includes('--gpu')) {
    const { done, line } = await setUpGpu(flags.includes('--force'));
    console.log(line);
    process.exitCode = done ? 0 : 1;
  } else console.log((await (flags.includes('--cpu') ? goBackToCpu() : setUpTensorFlow())).line);
}
