import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { BackendRefusal } from './refusal.ts';

/** What is used of WebGPU's own interfaces (Dawn's Node binding, package `webgpu`). */
interface Gpu {
  requestAdapter(options: { readonly powerPreference: 'high-performance' }): Promise<Adapter | null>;
}
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}
interface Adapter {
  readonly info: AdapterInfo;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(options: { readonly requiredLimits: Readonly<Record<string, number>> }): Promise<object>;
}
interface Dawn {
  create(options: readonly string[]): Gpu;
  readonly globals: object;
}
interface WebGpuPackage {
  readonly WebGPUBackend: new (device: object, info: AdapterInfo) => tf.KernelBackend;
}

/** Limits that tfjs's kernels use beyond WebGPU's guaranteed ones. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
];
/** A driver that hangs must not hold a training up. */
const ANSWER_WITHIN_MS = 15_000;
/** Adapters that draw on the processor: Chromium's, Mesa's two, Windows's. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b|software/i;

/** Does this adapter compute on the processor? Then WebAssembly is faster. */
export const isSoftware = (info: AdapterInfo): boolean =>
  info.isFallbackAdapter === true || SOFTWARE.test(`${info.vendor} ${info.architecture} ${info.device} ${info.description}`);

export const adapterName = (info: AdapterInfo): string =>
  info.description || info.device || `${info.vendor} ${info.architecture}`.trim() || 'unnamed';

/**
 * Makes tfjs's WebGPU backend the current one, on the fastest adapter of this computer. Reading is asynchronous only: `dataSync` throws.
 * @param software also take an adapter that computes on the processor
 * @throws BackendRefusal
 */
export async function startWebGpu(software: boolean): Promise<{ version: string; gpu: boolean; device: string }> {
  const require = createRequire(import.meta.url);
  const name = 'webgpu';
  const { create, globals } = (await import(name)) as Dawn;
  const gpu = create([]);
  // tfjs's backend looks for WebGPU where a browser has it, and Dawn lives only as long as somebody holds what create() returned.
  Object.assign(globalThis, globals);
  if (typeof navigator === 'undefined') Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.assign(navigator, { gpu });
  const adapter = await inTime(gpu.requestAdapter({ powerPreference: 'high-performance' }), 'adapter');
  if (!adapter) throw new BackendRefusal('no-adapter', 'no graphics card was found that WebGPU can use');
  const device = adapterName(adapter.info);
  if (!software && isSoftware(adapter.info))
    throw new BackendRefusal(
      'software-adapter',
      `“${device}” is not a graphics card but a program that computes on the processor, more slowly than WebAssembly`,
      { device },
    );
  const { WebGPUBackend } = require('@tensorflow/tfjs-backend-webgpu') as WebGpuPackage;
  const granted = await inTime(
    adapter.requestDevice({ requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]!])) }),
    'device',
  );
  // The package registers a factory that asks for an adapter of its own.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(granted, adapter.info));
  if (!(await tf.setBackend('webgpu'))) throw new Error('the backend did not start');
  const { version } = require('@tensorflow/tfjs-backend-webgpu/package.json') as { version: string };
  return { version, gpu: !isSoftware(adapter.info), device };
}

async function inTime<Result>(asked: Promise<Result>, what: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new BackendRefusal('no-answer', `the graphics driver gave no answer within ${ANSWER_WITHIN_MS / 1000} s (${what})`, {
            seconds: ANSWER_WITHIN_MS / 1000,
          }),
        ),
      ANSWER_WITHIN_MS,
    );
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
