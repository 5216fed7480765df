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

const NODE_HEIGHT = 72;
const MARGIN = 6;

/** A line through the given points with softened corners, as the `d` of an SVG path. */
export function smoothPath(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const last = rest.at(-1);
  if (last === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  rest.slice(0, -1).forEach((point, index) => {
    const after = rest[index + 1] ?? last;
    path += ` Q${point.x} ${point.y} ${(point.x + after.x) / 2} ${(point.y + after.y) / 2}`;
  });
  return `${path} L${last.x} ${last.y}`;
}

/** Places skills in layers, prerequisites to the left; links between skills that are not shown are left out. Pixels. */
export function layOut(skills: readonly MapSkill[], prerequisites: readonly Link[], nodeWidth: number): MapLayout {
  const known = new Map(skills.map((skill) => [skill.id, skill]));
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 22, marginx: MARGIN, marginy: MARGIN });
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
      const edge = graph.edge(link.prerequisite, link.skill) as { points: { x: number; y: number }[] };
      return { ...link, path: smoothPath(edge.points) };
    }),
  };
}
