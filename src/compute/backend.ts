import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { BackendRefusal, toRefusal } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';
import { selfTest } from './self-test.ts';
import { restoreRemovedUtilities } from './util-shim.ts';
import { startWebGpu } from './webgpu.ts';

/** The ladder, fastest first: TensorFlow (with a GPU where its library has one), WebGPU, WebAssembly, plain JavaScript. */
export const BACKENDS = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** A backend that was tried and not taken. */
export interface RefusedBackend {
  readonly backend: BackendName;
  readonly code: RefusalCode;
  /** One sentence without its subject: "it computes wrong numbers". */
  readonly reason: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** What will compute, and why not something faster. */
export interface Capability {
  readonly backend: BackendName;
  readonly version: string;
  /** True where a GPU computes. */
  readonly gpu: boolean;
  /** The graphics card's name, where WebGPU tells it. */
  readonly device: string | null;
  /** Computations compared with plain numbers, and how long that took, loading left out. */
  readonly selfTest: { readonly checks: number; readonly milliseconds: number };
  /** Faster ones, in the order in which they were tried. */
  readonly refused: readonly RefusedBackend[];
}

export interface LadderOptions {
  /** Take WebGPU also where a program on the processor plays the graphics card: slow, and right. For tests, and where asked for by name. */
  readonly software?: boolean;
  /** What a training computes, once. Given it, WebGPU is taken only where it does this faster than WebAssembly. */
  readonly trial?: (() => Promise<unknown>) | undefined;
  /** Told before each backend is loaded: a driver that takes the process down with it leaves no other trace. */
  readonly onTry?: ((backend: BackendName) => void) | undefined;
  /** Milliseconds. */
  readonly clock?: () => number;
}

interface Loaded {
  readonly version: string;
  readonly gpu: boolean;
  readonly device: string | null;
}

/** tfjs-core alone knows no gradients under Node; the whole library registers them with the one copy of the core. */
const registerGradients = (): Promise<unknown> => import('@tensorflow/tfjs');

const load: Record<BackendName, (software: boolean) => Promise<Loaded>> = {
  async tensorflow() {
    restoreRemovedUtilities();
    // Read when TensorFlow loads; negative: a compiled step's operations run in the caller's thread, one after the other, each on all cores. Side by
    // side, the last bits of a training differed between runs of the same seed.
    process.env['TF_NUM_INTEROP_THREADS'] ??= '-1';
    // NVIDIA's libraries would round matMul's inputs to 10 bits (TF32), too coarse for gradients through inner steps.
    process.env['NVIDIA_TF32_OVERRIDE'] ??= '0';
    // A classroom computer's graphics card draws its screen too: memory is taken as it is needed.
    process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
    const node = createRequire(import.meta.url)('@tensorflow/tfjs-node') as { version: Record<string, string>; node?: unknown };
    await tf.setBackend('tensorflow');
    const backend = tf.backend() as unknown as { isUsingGpuDevice?: boolean; binding: { TF_Version: string } };
    return {
      version: `${node.version['tfjs']} (TensorFlow ${backend.binding.TF_Version})`,
      gpu: backend.isUsingGpuDevice === true,
      device: null,
    };
  },
  async webgpu(software) {
    await registerGradients();
    return startWebGpu(software);
  },
  async wasm() {
    await registerGradients();
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
    wasm.setWasmPaths(`${folder}${path.sep}`);
    if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
    return { version: String(wasm.version_wasm), gpu: false, device: null };
  },
  async cpu() {
    await registerGradients();
    const cpu = await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    return { version: String(cpu.version_cpu), gpu: false, device: null };
  },
};

/** Of the self-test, relative: float32's own error on processors; graphics cards may round exp and log more coarsely. */
const TOLERANCE: Record<BackendName, number> = { tensorflow: 1e-5, webgpu: 1e-4, wasm: 1e-5, cpu: 1e-5 };

const now = (): number => performance.now();

/**
 * Makes this backend the current one.
 * @throws BackendRefusal where it does not load or computes wrong numbers
 */
export async function startBackend(
  backend: BackendName,
  { software = false, clock = now }: LadderOptions = {},
): Promise<Omit<Capability, 'refused'>> {
  try {
    const loaded = await load[backend](software);
    const began = clock();
    const checks = await selfTest(loaded.gpu ? TOLERANCE.webgpu : TOLERANCE[backend]);
    return { backend, ...loaded, selfTest: { checks, milliseconds: clock() - began } };
  } catch (error) {
    throw toRefusal(error);
  }
}

/**
 * Takes the first backend of the ladder that loads and computes right.
 * @param allowed which to try, in order
 * @throws Error where none works, naming each reason
 */
export async function chooseBackend(
  allowed: readonly BackendName[] = BACKENDS,
  options: LadderOptions = {},
): Promise<Capability> {
  const refused: RefusedBackend[] = [];
  for (const backend of allowed) {
    options.onTry?.(backend);
    try {
      const found = await startBackend(backend, options);
      if (backend === 'webgpu' && options.trial && allowed.indexOf('wasm') > allowed.indexOf('webgpu'))
        await mustBeatWebAssembly(options.trial, options);
      return { ...found, refused };
    } catch (error) {
      const { code, message: reason, detail } = toRefusal(error);
      refused.push({ backend, code, reason, detail });
    }
  }
  throw new Error(`No tensor backend works here: ${refused.map((each) => `${each.backend}: ${each.reason}`).join('; ')}.`);
}

/** Milliseconds of one trial, the first (which compiles) left out. */
export async function timeTrial(trial: () => Promise<unknown>, clock: () => number = now): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const began = clock();
    await trial();
    times.push(clock() - began);
  }
  return Math.min(...times.slice(1));
}

/** @throws BackendRefusal `slower` */
async function mustBeatWebAssembly(trial: () => Promise<unknown>, options: LadderOptions): Promise<void> {
  const milliseconds = await timeTrial(trial, options.clock);
  let other: number;
  try {
    await startBackend('wasm', options);
    other = await timeTrial(trial, options.clock);
  } catch {
    // Nothing to compare with.
    await tf.setBackend('webgpu');
    return;
  }
  await tf.setBackend('webgpu');
  if (milliseconds < other) return;
  const [ours, theirs] = [Math.round(milliseconds), Math.round(other)];
  throw new BackendRefusal(
    'slower',
    `it is slower here than WebAssembly (a training step takes ${ours} ms instead of ${theirs} ms)`,
    {
      milliseconds: ours,
      other: theirs,
    },
  );
}
