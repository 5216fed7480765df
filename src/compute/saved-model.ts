import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';

/** A recorded step as TensorFlow's own file format: a GraphDef in a SavedModel with one signature. */

/** TensorFlow's numbers for types (types.proto). */
export const INT64 = 9;

export type AttributeValue =
  | { readonly kind: 'type' | 'int' | 'float'; readonly value: number }
  | { readonly kind: 'ints' | 'shape'; readonly value: readonly number[] }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly dtype: number; readonly shape: readonly number[]; readonly bytes: Uint8Array };

export interface GraphNode {
  readonly name: string;
  readonly operation: string;
  /** Names of other nodes' outputs: `name`, or `name:1` for a second one. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A placeholder or result: the node's name, TensorFlow's number of its type, its shape. */
export interface Port {
  readonly name: string;
  readonly dtype: number;
  readonly shape: readonly number[];
}

/** The classes that tfjs-node brings along, as far as they are used here. */
interface Message {
  [method: string]: (...values: never[]) => unknown;
}
interface MessageMap {
  set(key: string, value: Message): void;
}
interface Classes {
  readonly [name: string]: (new () => Message) & Readonly<Record<string, new () => Message>>;
}

const PRODUCER = 1087;

export function encodeSavedModel(nodes: readonly GraphNode[], inputs: readonly Port[], outputs: readonly Port[]): Uint8Array {
  const classes = createRequire(import.meta.url)('@tensorflow/tfjs-node/dist/proto/api_pb.js') as Classes;
  const make = (name: string, inner?: string): Message => {
    const outer = classes[name]!;
    return inner ? new outer[inner]!() : new outer();
  };
  const set = (message: Message, fields: Readonly<Record<string, unknown>>): Message => {
    for (const [field, value] of Object.entries(fields)) (message[`set${field}`] as (value: unknown) => void)(value);
    return message;
  };
  const mapOf = (message: Message, field: string): MessageMap => (message[`get${field}Map`] as () => MessageMap)();
  const shapeOf = (shape: readonly number[]): Message =>
    set(make('TensorShape'), { DimList: shape.map((size) => set(make('TensorShape', 'Dim'), { Size: size })) });
  const attribute = (attr: AttributeValue): Message => {
    const message = make('AttrValue');
    switch (attr.kind) {
      case 'type':
        return set(message, { Type: attr.value });
      case 'int':
        return set(message, { I: attr.value });
      case 'float':
        return set(message, { F: attr.value });
      case 'bool':
        return set(message, { B: attr.value });
      case 'ints':
        return set(message, { List: set(make('AttrValue', 'ListValue'), { IList: attr.value }) });
      case 'shape':
        return set(message, { Shape: shapeOf(attr.value) });
      case 'string':
        return set(message, { S: Buffer.from(attr.value).toString('base64') });
      case 'tensor': {
        const tensor = set(make('Tensor'), { Dtype: attr.dtype, TensorShape: shapeOf(attr.shape), TensorContent: attr.bytes });
        return set(message, { Tensor: tensor });
      }
    }
  };
  const graph = set(make('GraphDef'), {
    Versions: set(make('VersionDef'), { Producer: PRODUCER }),
    NodeList: nodes.map((node) => {
      const message = set(make('NodeDef'), { Name: node.name, Op: node.operation, InputList: node.inputs });
      for (const [name, value] of Object.entries(node.attributes)) mapOf(message, 'Attr').set(name, attribute(value));
      return message;
    }),
  });
  const signature = set(make('SignatureDef'), { MethodName: 'step' });
  for (const [field, ports] of [
    ['Inputs', inputs],
    ['Outputs', outputs],
  ] as const)
    for (const port of ports)
      mapOf(signature, field).set(
        port.name,
        set(make('TensorInfo'), { Name: `${port.name}:0`, Dtype: port.dtype, TensorShape: shapeOf(port.shape) }),
      );
  const meta = set(make('MetaGraphDef'), {
    MetaInfoDef: set(make('MetaGraphDef', 'MetaInfoDef'), { TagsList: ['serve'] }),
    GraphDef: graph,
  });
  mapOf(meta, 'SignatureDef').set('serving_default', signature);
  const saved = set(make('SavedModel'), { SavedModelSchemaVersion: 1, MetaGraphsList: [meta] });
  return (saved['serializeBinary'] as () => Uint8Array)();
}
