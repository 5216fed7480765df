import dagre from '@dagrejs/dagre';

export interface MapSkill {
  readonly id: string;
  readonly name: string;
}

export interface Link {
  readonly skill: string;
  readonly prerequisite: string;
}

export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly {
    readonly skill: MapSkill;
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly links: readonly (Link & { readonly path: string })[];
}

const NODE_HEIGHT = 86;
const MARGIN = 6;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A link that leaves a box at its right side and enters another at its left, as the `d` of an SVG path: level wherever it passes between the boxes of a
 * layer, a curve from layer to layer.
 * @param through where it passes a layer: middle of that layer
 * @param half half the width of a box
 */
export function linkPath(from: Point, to: Point, through: readonly Point[], half: number): string {
  let path = `M${from.x} ${from.y}`;
  let at = from;
  const curve = (next: Point): void => {
    const middle = (at.x + next.x) / 2;
    path += ` C${middle} ${at.y} ${middle} ${next.y} ${next.x} ${next.y}`;
    at = next;
  };
  for (const { x, y } of through) {
    curve({ x: x - half, y });
    at = { x: x + half, y };
    path += ` L${at.x} ${at.y}`;
  }
  curve(to);
  return path;
}

/** Places skills in layers, prerequisites to the left; links between skills that are not shown are left out. Pixels. */
export function layOut(skills: readonly MapSkill[], prerequisites: readonly Link[], nodeWidth: number): MapLayout {
  const known = new Map(skills.map((skill) => [skill.id, skill]));
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 30, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const skill of skills) graph.setNode(skill.id, { width: nodeWidth, height: NODE_HEIGHT });
  const shown = prerequisites.filter(
    ({ skill, prerequisite }) => known.has(skill) && known.has(prerequisite) && skill !== prerequisite,
  );
  for (const { skill, prerequisite } of shown) graph.setEdge(prerequisite, skill);
  dagre.layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    nodes: skills.map((skill) => {
      const { x, y } = graph.node(skill.id) as { x: number; y: number };
      return { skill, left: x - nodeWidth / 2, top: y - NODE_HEIGHT / 2, width: nodeWidth, height: NODE_HEIGHT };
    }),
    links: shown.map((link) => {
      const { points } = graph.edge(link.prerequisite, link.skill) as { points: Point[] };
      const [from, to] = [graph.node(link.prerequisite) as Point, graph.node(link.skill) as Point];
      const half = nodeWidth / 2;
      // Of a circle one link goes back to the left; it is drawn the other way round.
      const forward = from.x < to.x;
      const [left, right] = forward ? [from, to] : [to, from];
      const layers = new Set(skills.map(({ id }) => Math.round((graph.node(id) as Point).x)));
      const through = points
        .filter(({ x }) => x > left.x + half && x < right.x - half && layers.has(Math.round(x)))
        .toSorted((a, b) => a.x - b.x);
      return { ...link, path: linkPath({ x: left.x + half, y: left.y }, { x: right.x - half, y: right.y }, through, half) };
    }),
  };
}
