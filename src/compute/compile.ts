import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { CompileError, recordStep } from './recording.ts';
import type { NodeBackend } from './recording.ts';
import { encodeSavedModel } from './saved-model.ts';

export { CompileError } from './recording.ts';

/** Tensors in, tensors out, nothing read and nothing drawn in between. */
export type TensorStep = (inputs: tf.Tensor[]) => tf.Tensor[];

export interface CompiledStep {
  /** Nodes of the graph. */
  readonly nodes: number;
  /** @throws CompileError where the inputs differ in number, shape or type from the example's */
  run(inputs: tf.Tensor[]): tf.Tensor[];
  /** Ends TensorFlow's session. */
  dispose(): void;
}

const FOLDER = 'pathlight-step-';

/** Can steps be compiled on the current backend? */
export const canCompile = (): boolean => tf.getBackend() === 'tensorflow';

/**
 * Records one eager run of the step and turns it into a graph that TensorFlow runs in one call: no crossing between JavaScript and
 * TensorFlow for each operation, and TensorFlow's own optimiser and scheduler over the whole. Shapes are fixed to the example's.
 * @throws CompileError where the step cannot be compiled, saying why
 */
export function compile(step: TensorStep, example: readonly tf.Tensor[]): CompiledStep {
  if (!canCompile()) throw new CompileError(`Steps are compiled on TensorFlow only; the backend is ${tf.getBackend()}.`);
  const backend = tf.backend() as unknown as NodeBackend;
  const { nodes, inputs, outputs, results } = recordStep(backend, step, example);
  tf.dispose(results);
  const session = loadGraph(backend, encodeSavedModel(nodes, inputs, outputs));
  const infos = inputs.map((port, index) => ({ name: `${port.name}:0`, dtype: example[index]!.dtype }));
  const names = outputs.map((port) => `${port.name}:0`);
  let disposed = false;
  return {
    nodes: nodes.length,
    run(given) {
      if (disposed) throw new CompileError('The compiled step was disposed of.');
      if (given.length !== inputs.length)
        throw new CompileError(`The step takes ${inputs.length} tensors; ${given.length} were given.`);
      given.forEach((tensor, index) => {
        if (tensor.dtype !== infos[index]!.dtype || tensor.shape.join() !== inputs[index]!.shape.join())
          throw new CompileError(
            `Tensor ${index} is ${tensor.dtype} [${tensor.shape.join(', ')}]; the step was compiled for ${infos[index]!.dtype} [${inputs[index]!.shape.join(', ')}].`,
          );
      });
      return backend.runSavedModel(session, given, infos, names);
    },
    dispose() {
      if (!disposed) backend.deleteSavedModel(session);
      disposed = true;
    },
  };
}

/** TensorFlow reads graphs from a folder only; it is gone again when the session stands. */
function loadGraph(backend: NodeBackend, graph: Uint8Array): number {
  removeLeftFolders();
  const folder = mkdtempSync(path.join(tmpdir(), `${FOLDER}${process.pid}-`));
  try {
    writeFileSync(path.join(folder, 'saved_model.pb'), graph);
    return backend.loadSavedModelMetaGraph(folder, 'serve');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Folders of processes that died between writing and loading. */
function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || owner === process.pid || isAlive(owner)) continue;
    rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A step that is compiled for each shape that it meets, the oldest given up beyond `most`; eager where the backend cannot compile. */
export class StepCache {
  private readonly step: TensorStep;
  private readonly most: number;
  private readonly compiled = new Map<string, CompiledStep>();

  constructor(step: TensorStep, most = 6) {
    this.step = step;
    this.most = most;
  }

  readonly run: TensorStep = (inputs) => {
    if (!canCompile()) return tf.tidy(() => this.step(inputs));
    const key = inputs.map((tensor) => `${tensor.dtype}[${tensor.shape.join()}]`).join(' ');
    let compiled = this.compiled.get(key);
    this.compiled.delete(key);
    compiled ??= compile(this.step, inputs);
    this.compiled.set(key, compiled);
    const [oldest] = this.compiled;
    if (oldest && this.compiled.size > this.most) {
      oldest[1].dispose();
      this.compiled.delete(oldest[0]);
    }
    return compiled.run(inputs);
  };

  dispose(): void {
    for (const compiled of this.compiled.values()) compiled.dispose();
    this.compiled.clear();
  }
}

/**
 * Compiles steps for one training, and ends their sessions together. Steps of the same name are one: what is trained again and again is
 * compiled once.
 */
export function createStepCompiler(): { readonly compile: (step: TensorStep, name?: string) => TensorStep; dispose(): void } {
  const caches: StepCache[] = [];
  const named = new Map<string, StepCache>();
  return {
    compile(step, name) {
      const known = name === undefined ? undefined : named.get(name);
      if (known) return known.run;
      const cache = new StepCache(step);
      caches.push(cache);
      if (name !== undefined) named.set(name, cache);
      return cache.run;
    },
    dispose() {
      for (const cache of caches) cache.dispose();
    },
  };
}
