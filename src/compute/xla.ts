import type { NodeBackend } from './recording.ts';
import type { GraphNode } from './saved-model.ts';

/**
 * Asks TensorFlow to let XLA compile all nodes as one. Marked nodes are compiled without any flag in the environment, so that each graph decides
 * for itself; a libtensorflow without XLA passes over attributes that begin with an underscore, and runs the graph as ever.
 */
export const markForXla = (nodes: readonly GraphNode[]): GraphNode[] =>
  nodes.map((node) =>
    isPort(node)
      ? node
      : {
          ...node,
          attributes: {
            ...node.attributes,
            _XlaCompile: { kind: 'bool', value: true },
            _XlaScope: { kind: 'string', value: 'step' },
          },
        },
  );

/** What enters and leaves stays outside: TensorFlow's session feeds and fetches it. */
const isPort = ({ operation, name }: GraphNode): boolean => operation === 'Placeholder' || name.startsWith('output_');

/** Was libtensorflow built with XLA? Asked of the operation that runs what XLA compiled: where there is none, its name is unknown. */
export function hasXla(backend: NodeBackend): boolean {
  try {
    backend.executeSingleOutput('_XlaRun', [], []);
    return true;
  } catch (error) {
    return !/registered/i.test(error instanceof Error ? error.message : String(error));
  }
}
