import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { restoreRemovedUtilities } from './util-shim.ts';

export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What will compute, and why not something faster. */
export interface Capability {
  readonly backend: BackendName;
  readonly version: string;
  /** True where TensorFlow reports a GPU. */
  readonly gpu: boolean;
  /** One sentence for every faster backend that was tried and refused. */
  readonly refused: readonly { readonly backend: BackendName; readonly reason: string }[];
}

/** tfjs-core alone knows no gradients under Node; the whole library registers them with the one copy of the core. */
const registerGradients = (): Promise<unknown> => import('@tensorflow/tfjs');

const load: Record<BackendName, () => Promise<{ version: string; gpu: boolean }>> = {
  async tensorflow() {
    restoreRemovedUtilities();
    // Read when TensorFlow loads; negative: a compiled step's operations run in the caller's thread, one after the other, each on all cores. Side by
    // side, the last bits of a training differed between runs of the same seed.
    process.env['TF_NUM_INTEROP_THREADS'] ??= '-1';
    const node = createRequire(import.meta.url)('@tensorflow/tfjs-node') as { version: Record<string, string>; node?: unknown };
    await tf.setBackend('tensorflow');
    const backend = tf.backend() as unknown as { isUsingGpuDevice?: boolean };
    return { version: String(node.version['tfjs-node'] ?? node.version['tfjs']), gpu: backend.isUsingGpuDevice === true };
  },
  async wasm() {
    await registerGradients();
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
    wasm.setWasmPaths(`${folder}${path.sep}`);
    if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
    return { version: String(wasm.version_wasm), gpu: false };
  },
  async cpu() {
    await registerGradients();
    const cpu = await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    return { version: String(cpu.version_cpu), gpu: false };
  },
};

/** d/dx Σ(Ax)² = 2AᵀAx, on numbers that come out exact: a backend that gets this wrong must not train. */
async function selfTest(): Promise<void> {
  const gradient = tf.tidy(() => {
    const matrix = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    return tf.grad((x) => tf.sum(tf.square(tf.matMul(matrix, x as tf.Tensor2D))))(tf.tensor2d([1, -1], [2, 1]));
  });
  const values = await gradient.data();
  gradient.dispose();
  if (Math.abs(values[0]! + 8) > 1e-3 || Math.abs(values[1]! + 12) > 1e-3) throw new Error('it computes wrong numbers');
}

/**
 * Takes the first backend that loads and computes right: TensorFlow, then WebAssembly, then plain JavaScript.
 * @param allowed which to try, in order
 * @throws Error where none works, naming each reason
 */
export async function chooseBackend(allowed: readonly BackendName[] = BACKENDS): Promise<Capability> {
  const refused: { backend: BackendName; reason: string }[] = [];
  for (const backend of allowed) {
    try {
      const { version, gpu } = await load[backend]();
      await selfTest();
      return { backend, version, gpu, refused };
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      refused.push({ backend, reason: reason.slice(0, 200) });
    }
  }
  throw new Error(`No tensor backend works here: ${refused.map((each) => `${each.backend}: ${each.reason}`).join('; ')}.`);
}
