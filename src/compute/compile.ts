import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { CompileError, recordStep } from './recording.ts';
import type { NodeBackend } from './recording.ts';
import { encodeSavedModel } from './saved-model.ts';
import { hasXla, markForXla } from './xla.ts';

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

export interface CompileOptions {
  /** Has XLA, where libtensorflow brings it, translate the whole graph into machine code at the first run: seconds that only long use repays. */
  readonly xla?: boolean | undefined;
}

const FOLDER = 'pathlight-step-';

/** Can steps be compiled on the current backend? */
export const canCompile = (): boolean => tf.getBackend() === 'tensorflow';

/**
 * Records one eager run of the step and turns it into a graph that TensorFlow runs in one call: no crossing between JavaScript and
 * TensorFlow for each operation, and TensorFlow's own optimiser and scheduler over the whole. Shapes are fixed to the example's.
 * @throws CompileError where the step cannot be compiled, saying why
 */
export function compile(step: TensorStep, example: readonly tf.Tensor[], options: CompileOptions = {}): CompiledStep {
  if (!canCompile()) throw new CompileError(`Steps are compiled on TensorFlow only; the backend is ${tf.getBackend()}.`);
  const backend = tf.backend() as unknown as NodeBackend;
  const { nodes, inputs, outputs, results } = recordStep(backend, step, example);
  tf.dispose(results);
  const session = loadGraph(backend, encodeSavedModel(options.xla ? markForXla(nodes) : nodes, inputs, outputs));
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

/** Runs of one shape after which XLA's compile time, seconds, is repaid by as many more (docs/decisions/0009). */
export const XLA_AFTER = 3000;

export interface StepCacheOptions {
  /** Shapes kept; the least recently used is given up. */
  readonly most?: number | undefined;
  /** Runs of a shape after which it is compiled again, by XLA. Counted, never timed: the same training gives the same numbers. */
  readonly xlaAfter?: number | undefined;
}

/** A step that is compiled for each shape that it meets; eager where the backend cannot compile. */
export class StepCache {
  private readonly step: TensorStep;
  private readonly most: number;
  private readonly xlaAfter: number;
  private readonly compiled = new Map<string, { step: CompiledStep; runs: number }>();

  constructor(step: TensorStep, { most = 6, xlaAfter = XLA_AFTER }: StepCacheOptions = {}) {
    this.step = step;
    this.most = most;
    this.xlaAfter = xlaAfter;
  }

  /** Graphs that are kept. */
  get size(): number {
    return this.compiled.size;
  }

  readonly run: TensorStep = (inputs) => {
    if (!canCompile()) return tf.tidy(() => this.step(inputs));
    const key = inputs.map((tensor) => `${tensor.dtype}[${tensor.shape.join()}]`).join(' ');
    const entry = this.compiled.get(key) ?? { step: compile(this.step, inputs), runs: 0 };
    // Last in the map: used last.
    this.compiled.delete(key);
    this.compiled.set(key, entry);
    if (this.compiled.size > this.most) {
      const [oldest, { step }] = this.compiled.entries().next().value!;
      step.dispose();
      this.compiled.delete(oldest);
    }
    if (entry.runs++ === this.xlaAfter && hasXla(tf.backend() as unknown as NodeBackend)) {
      const faster = compile(this.step, inputs, { xla: true });
      entry.step.dispose();
      entry.step = faster;
    }
    return entry.step.run(inputs);
  };

  dispose(): void {
    for (const { step } of this.compiled.values()) step.dispose();
    this.compiled.clear();
  }
}

export interface StepCompilation {
  readonly compile: (step: TensorStep, name?: string) => TensorStep;
  /** Graphs that are kept, of all steps together. */
  graphs(): number;
  dispose(): void;
}

/**
 * Compiles steps for one training, and ends their sessions together. Steps of the same name are one: what is trained again and again is
 * compiled once.
 */
export function createStepCompiler(options: StepCacheOptions = {}): StepCompilation {
  const caches: StepCache[] = [];
  const named = new Map<string, StepCache>();
  return {
    compile(step, name) {
      const known = name === undefined ? undefined : named.get(name);
      if (known) return known.run;
      const cache = new StepCache(step, options);
      caches.push(cache);
      if (name !== undefined) named.set(name, cache);
      return cache.run;
    },
    graphs: () => caches.reduce((sum, { size }) => sum + size, 0),
    dispose() {
      for (const cache of caches) cache.dispose();
    },
  };
}
