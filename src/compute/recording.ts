import { Buffer } from 'node:buffer';
import * as tf from '@tensorflow/tfjs-core';
import { INT64 } from './saved-model.ts';
import type { AttributeValue, GraphNode, Port } from './saved-model.ts';

/** What cannot be compiled, and why. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
}

/** tfjs-node's backend, as far as it is used here. */
export interface NodeBackend {
  readonly binding: {
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
    readonly TF_BOOL: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_SHAPE: number;
    tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  };
  readonly tensorMap: WeakMap<object, TensorRecord> | Map<object, TensorRecord>;
  executeSingleOutput: Execute<tf.Tensor>;
  executeMultipleOutputs: Execute<tf.Tensor[]>;
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(
    id: number,
    inputs: tf.Tensor[],
    infos: readonly { readonly name: string; readonly dtype: string }[],
    outputs: readonly string[],
  ): tf.Tensor[];
}
interface TensorRecord {
  readonly id: number;
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number> | null;
}
type Attribute = { readonly name: string; readonly type: number; readonly value: unknown };
type Execute<R> = (operation: string, attributes: Attribute[], inputs: tf.TensorInfo[], outputs?: number) => R;

export interface Recording {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** The step's own results of the recorded run; the caller disposes of them. */
  readonly results: tf.Tensor[];
}

/** Operations whose result differs from call to call. */
const RANDOM = /^(Random|Multinomial|StatelessRandom|TruncatedNormal|ParameterizedTruncatedNormal)/;
/** These have no attribute T. */
const WITHOUT_TYPE = new Set(['Cast', 'Fill', 'GatherV2']);

/**
 * Runs a step once, eagerly, and writes down every operation that it sends to TensorFlow. A tensor that was made outside the step and is not
 * an input, or that the step makes from plain numbers, becomes a constant.
 * @throws CompileError where the step reads data or draws random numbers: both would be frozen into the graph
 */
export function recordStep(
  backend: NodeBackend,
  step: (inputs: tf.Tensor[]) => tf.Tensor[],
  inputs: readonly tf.Tensor[],
): Recording {
  const { binding } = backend;
  const nodes: GraphNode[] = [];
  const known = new Map<object, string>();
  const seen = new Map<string, string>();
  const recordOf = (tensor: tf.TensorInfo): TensorRecord => backend.tensorMap.get(tensor.dataId)!;
  const add = (operation: string, from: readonly string[], attributes: Readonly<Record<string, AttributeValue>>): string => {
    const name = `${operation}_${nodes.length}`;
    nodes.push({ name, operation, inputs: from, attributes });
    return name;
  };
  const constant = (dtype: number, shape: readonly number[], values: ArrayBufferView): string => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    // The same numbers are one constant: steps make most of theirs anew for each operation, and what is done to equal constants is equal, too.
    const key = `Const ${dtype} [${shape.join()}] ${Buffer.from(bytes).toString('latin1')}`;
    let name = seen.get(key);
    if (name === undefined) {
      name = add('Const', [], { dtype: { kind: 'type', value: dtype }, value: { kind: 'tensor', dtype, shape, bytes } });
      seen.set(key, name);
    }
    return name;
  };
  const outputOf = (tensor: tf.TensorInfo): string => {
    const scalar = (tensor as { valueArray?: ArrayLike<number> }).valueArray;
    if (scalar) return constant(INT64, [], new BigInt64Array([BigInt(scalar[0]!)]));
    const name = known.get(tensor.dataId);
    if (name !== undefined) return name;
    const { id, dtype, shape, values } = recordOf(tensor);
    const raw = values ?? binding.tensorDataSync(id);
    const typed =
      dtype === binding.TF_FLOAT
        ? Float32Array.from(raw)
        : dtype === binding.TF_INT32
          ? Int32Array.from(raw)
          : dtype === binding.TF_BOOL
            ? Uint8Array.from(raw)
            : undefined;
    if (!typed) throw new CompileError(`A constant of TensorFlow's type ${dtype} cannot be compiled.`);
    const made = constant(dtype, shape, typed);
    known.set(tensor.dataId, made);
    return made;
  };
  const attributeOf = ({ name, type, value }: Attribute): AttributeValue => {
    switch (type) {
      case binding.TF_ATTR_TYPE:
        return { kind: 'type', value: value as number };
      case binding.TF_ATTR_BOOL:
        return { kind: 'bool', value: Boolean(value) };
      case binding.TF_ATTR_INT:
        return Array.isArray(value) ? { kind: 'ints', value: value as number[] } : { kind: 'int', value: Number(value) };
      case binding.TF_ATTR_FLOAT:
        return { kind: 'float', value: value as number };
      case binding.TF_ATTR_STRING:
        return { kind: 'string', value: value as string };
      case binding.TF_ATTR_SHAPE:
        return { kind: 'shape', value: value as number[] };
      default:
        throw new CompileError(`The attribute ${name} has a type that cannot be compiled.`);
    }
  };
  const record = (
    operation: string,
    given: readonly (Attribute | null | undefined)[],
    from: readonly tf.TensorInfo[],
    results: readonly tf.Tensor[],
  ): void => {
    if (RANDOM.test(operation))
      throw new CompileError(`The step draws random numbers (${operation}); draw them outside and pass them in.`);
    const attributes: Record<string, AttributeValue> = {};
    for (const attribute of given) if (attribute) attributes[attribute.name] = attributeOf(attribute);
    // Eager execution infers the type, a graph does not.
    if (!('T' in attributes) && !WITHOUT_TYPE.has(operation) && from[0])
      attributes['T'] = { kind: 'type', value: recordOf(from[0]).dtype };
    const names = from.map(outputOf);
    // The same operation on the same inputs is the same result: second derivatives repeat much of the first pass.
    const key = JSON.stringify([operation, names, attributes]);
    let node = seen.get(key);
    if (node === undefined) {
      node = add(operation, names, attributes);
      seen.set(key, node);
    }
    results.forEach((result, index) => known.set(result.dataId, index === 0 ? node : `${node}:${index}`));
  };
  const portOf = (name: string, tensor: tf.Tensor): Port => ({ name, dtype: recordOf(tensor).dtype, shape: tensor.shape });

  // Each input gets data of its own: two that are one tensor in the example would otherwise become one placeholder.
  const own = inputs.map((tensor) =>
    backend.executeSingleOutput('Identity', [{ name: 'T', type: binding.TF_ATTR_TYPE, value: recordOf(tensor).dtype }], [tensor]),
  );
  const inputPorts = own.map((tensor, index) => {
    const port = portOf(`input_${index}`, tensor);
    nodes.push({
      name: port.name,
      operation: 'Placeholder',
      inputs: [],
      attributes: { dtype: { kind: 'type', value: port.dtype }, shape: { kind: 'shape', value: port.shape } },
    });
    known.set(tensor.dataId, port.name);
    return port;
  });
  let results: tf.Tensor[] = [];
  try {
    results = intercepted(backend, record, () => tf.tidy(() => step([...own])));
  } finally {
    tf.dispose(own.filter((tensor) => !results.includes(tensor)));
  }
  const outputPorts = results.map((tensor, index) => {
    const port = portOf(`output_${index}`, tensor);
    nodes.push({
      name: port.name,
      operation: 'Identity',
      inputs: [outputOf(tensor)],
      attributes: { T: { kind: 'type', value: port.dtype } },
    });
    return port;
  });
  return { nodes: reachable(nodes, outputPorts), inputs: inputPorts, outputs: outputPorts, results };
}

/** Runs with the backend's calls reported, and with reading and chance forbidden; puts everything back. */
function intercepted<R>(
  backend: NodeBackend,
  record: (
    operation: string,
    attributes: readonly (Attribute | null | undefined)[],
    inputs: readonly tf.TensorInfo[],
    results: readonly tf.Tensor[],
  ) => void,
  run: () => R,
): R {
  const single = backend.executeSingleOutput;
  const multiple = backend.executeMultipleOutputs;
  const { random } = Math;
  let refused: CompileError | undefined;
  const forbid = (): never => {
    throw (refused = new CompileError(
      'The step reads a tensor’s data, which would be frozen into the graph; read results outside.',
    ));
  };
  // Reading is caught where tensors ask for it: the kernel of gather itself reads its indices from the backend, to check them.
  const engine = tf.engine() as unknown as { read(id: object): unknown; readSync(id: object): unknown };
  const own: Partial<NodeBackend> = {
    executeSingleOutput(operation, attributes, inputs) {
      const result = single.call(backend, operation, attributes, inputs);
      record(operation, attributes, inputs, [result]);
      return result;
    },
    executeMultipleOutputs(operation, attributes, inputs, outputs) {
      const results = multiple.call(backend, operation, attributes, inputs, outputs);
      record(operation, attributes, inputs, results);
      return results;
    },
  };
  Object.assign(backend, own);
  Object.assign(engine, { read: forbid, readSync: forbid });
  Math.random = () => {
    throw new CompileError('The step draws random numbers; draw them outside and pass them in.');
  };
  try {
    const results = run();
    // An asynchronous read rejects a promise that the step may never look at.
    if (refused) {
      tf.dispose(results as tf.TensorContainer);
      throw refused;
    }
    return results;
  } finally {
    Reflect.deleteProperty(engine, 'read');
    Reflect.deleteProperty(engine, 'readSync');
    for (const name of Object.keys(own)) Reflect.deleteProperty(backend, name);
    Math.random = random;
  }
}

/** Drops what no result depends on. Placeholders stay: they are the signature. */
function reachable(nodes: readonly GraphNode[], outputs: readonly Port[]): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const wanted = new Set<string>();
  const open = outputs.map((port) => port.name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (wanted.has(name)) continue;
    wanted.add(name);
    for (const input of byName.get(name)!.inputs) open.push(input.split(':')[0]!);
  }
  return nodes.filter((node) => wanted.has(node.name) || node.operation === 'Placeholder');
}
