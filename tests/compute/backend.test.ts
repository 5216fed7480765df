import { describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend, startBackend, timeTrial } from '../../src/compute/backend.ts';
import { toRefusal } from '../../src/compute/refusal.ts';
import { adapterName, isSoftware } from '../../src/compute/webgpu.ts';
import { realBackend } from '../support/backend.ts';
import { createEpisode, drawBatch } from '../../src/learning/meta/episodes.ts';
import { eagerly, PhiGradients } from '../../src/learning/meta/meta-loss.ts';
import type { MetaGradients } from '../../src/learning/meta/meta-loss.ts';
import { createRandom } from '../../src/learning/random.ts';
import { DEFAULT_SHAPE, initialParameters } from '../../src/learning/student-model/parameters.ts';
import { simulatedClass } from '../support/courses.ts';

describe('tensor backends', () => {
  it('the fastest that is required here loads and computes right', async () => {
    const found = await realBackend();
    expect(found.backend).toBe(tf.getBackend());
    if (process.env['PATHLIGHT_REQUIRE_TENSORFLOW'] === '1') expect(found.backend).toBe('tensorflow');
  });

  it('WebAssembly and plain JavaScript compute the same step', async () => {
    const shape = { ...DEFAULT_SHAPE, hidden: 5, factors: 2, innerSteps: 2 };
    const settings = { order: 2, beta: 1, stepShares: [0.5, 0.5] } as const;
    const { table } = simulatedClass(12, 2);
    const parameters = initialParameters(shape, table.skills.length, createRandom(1));
    parameters.weight3.fill(0.1);
    const batch = drawBatch(
      createEpisode(
        table,
        () => true,
        () => true,
        0,
      ),
      parameters,
      shape,
      { students: 3, support: 4, query: 3, after: [2, 4], window: 12 },
      createRandom(1),
    );
    const results: MetaGradients[] = [];
    for (const backend of ['wasm', 'cpu'] as const) {
      expect((await chooseBackend([backend])).backend).toBe(backend);
      results.push(await new PhiGradients(shape, settings, eagerly).of(parameters, batch));
    }
    expect(results[0]!.loss).toBeCloseTo(results[1]!.loss, 4);
    results[0]!.shared.weight1!.forEach((value, index) => expect(value).toBeCloseTo(results[1]!.shared.weight1![index]!, 4));
  });

  it('says why nothing works', async () => {
    await expect(chooseBackend([])).rejects.toThrow(/No tensor backend/);
  });
});

describe('the self-test', () => {
  /** Replaces a kernel of the plain JavaScript backend while it is tried. */
  async function withKernel(name: string, change: (kernel: tf.KernelFunc) => tf.KernelFunc): Promise<unknown> {
    await startBackend('cpu');
    const kernel = tf.getKernel(name, 'cpu');
    tf.unregisterKernel(name, 'cpu');
    tf.registerKernel({ ...kernel, kernelFunc: change(kernel.kernelFunc) });
    try {
      return await startBackend('cpu').then(
        () => 'passed',
        (error: unknown) => error,
      );
    } finally {
      tf.unregisterKernel(name, 'cpu');
      tf.registerKernel(kernel);
    }
  }
  /** The kernel's result, read and written anew. */
  const changed =
    (of: (value: number) => number) =>
    (kernel: tf.KernelFunc): tf.KernelFunc =>
    (params) => {
      const result = kernel(params) as tf.TensorInfo;
      const backend = params.backend as { data: { get(id: object): { values: Float32Array } } };
      const { values } = backend.data.get(result.dataId);
      values.forEach((value, at) => (values[at] = of(value)));
      return result;
    };

  it('passes where everything is right, and takes nothing with it', async () => {
    await startBackend('cpu');
    const before = tf.memory().numTensors;
    const { selfTest } = await startBackend('cpu');
    expect(selfTest.checks).toBeGreaterThan(10);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(['Softplus', 'Sigmoid', 'Log1p', 'Exp', 'Sqrt', 'Sum', 'BatchMatMul', 'GatherV2', 'Tile', 'Maximum'])(
    'refuses a backend whose %s is off by a thousandth, and names what was wrong',
    async (name) => {
      const refusal = await withKernel(
        name,
        changed((value) => value * 1.001),
      );
      expect(refusal).toMatchObject({ code: 'wrong-numbers', message: expect.stringMatching(/instead of/) });
    },
  );

  it('refuses results that are no numbers', async () => {
    expect(
      await withKernel(
        'Softplus',
        changed(() => Number.NaN),
      ),
    ).toMatchObject({ code: 'wrong-numbers' });
  });

  it('refuses a wrong gradient through an inner step where every value is right', async () => {
    const original = tf.getGradient('Sigmoid');
    tf.unregisterGradient('Sigmoid');
    tf.registerGradient({
      ...original,
      gradFunc: (dy, saved, attributes) => {
        const { x, ...others } = original.gradFunc(dy, saved, attributes);
        return { ...others, x: () => tf.mul(x!(), 1.01) };
      },
    });
    try {
      await expect(startBackend('cpu')).rejects.toMatchObject({ code: 'wrong-numbers' });
    } finally {
      tf.unregisterGradient('Sigmoid');
      tf.registerGradient(original);
    }
  });
});

describe('the ladder', () => {
  it('names everything that was tried and refused before what it takes', async () => {
    const tried: string[] = [];
    const found = await chooseBackend(['webgpu', 'cpu'], { onTry: (backend) => void tried.push(backend) });
    expect(tried[0]).toBe('webgpu');
    if (found.backend === 'cpu') {
      expect(found.refused).toMatchObject([
        { backend: 'webgpu', code: expect.stringMatching(/^[a-z-]+$/), reason: expect.any(String) },
      ]);
      expect(tried).toEqual(['webgpu', 'cpu']);
    } else expect(found).toMatchObject({ backend: 'webgpu', gpu: true, refused: [] });
  });

  it('times what a training computes without the first run, which compiles', async () => {
    let now = 0;
    const lengths = [500, 30, 20];
    const trial = (): Promise<void> => Promise.resolve(void (now += lengths.shift()!));
    expect(await timeTrial(trial, () => now)).toBe(20);
  });

  it.each([
    [{ vendor: 'google', architecture: 'swiftshader', device: '', description: '' }, true],
    [{ vendor: 'mesa', architecture: '', device: '', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }, true],
    [{ vendor: 'microsoft', architecture: '', device: 'Microsoft Basic Render Driver', description: '' }, true],
    [{ vendor: 'x', architecture: '', device: '', description: 'X', isFallbackAdapter: true }, true],
    [
      { vendor: 'nvidia', architecture: 'ampere', device: '', description: 'NVIDIA GeForce RTX 3060', isFallbackAdapter: false },
      false,
    ],
    [{ vendor: 'intel', architecture: 'gen-12lp', device: '', description: 'Intel(R) Iris(R) Xe Graphics' }, false],
    [{ vendor: 'apple', architecture: 'metal-3', device: 'Apple M2', description: '' }, false],
  ])('tells a graphics card from a program that stands in for one: %j', (info, software) => {
    expect(isSoftware(info)).toBe(software);
    expect(adapterName(info)).not.toBe('');
  });

  it('tells what is not installed from what does not start', () => {
    const missing = Object.assign(new Error("Cannot find module 'webgpu'\nRequire stack: …"), { code: 'MODULE_NOT_FOUND' });
    expect(toRefusal(missing)).toMatchObject({ code: 'not-installed', message: expect.not.stringContaining('\n') });
    expect(toRefusal(new Error('The Node.js native addon module (tfjs_binding.node) can not be found at path: x'))).toMatchObject(
      {
        code: 'not-installed',
      },
    );
    expect(toRefusal('x'.repeat(999))).toMatchObject({ code: 'load-failed' });
    expect(toRefusal('x'.repeat(999)).message.length).toBeLessThan(240);
  });
});
