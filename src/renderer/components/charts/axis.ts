/** What all charts share: quiet axes in the text's colour, no animation (the numbers are the message). */
export const AXIS = {
  stroke: 'var(--ink-3)',
  tick: { fill: 'var(--ink-2)', fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: 'var(--line-2)' },
} as const;

export const GRID = { stroke: 'var(--line)', vertical: false } as const;
export const CHART_HEIGHT = 264;
export const MARGIN = { top: 12, right: 24, bottom: 24, left: 8 } as const;

/** The title under or beside an axis. */
export function axisTitle(value: string, side: 'below' | 'left') {
  return side === 'below'
    ? { value, position: 'insideBottom' as const, offset: -14, fill: 'var(--ink-2)', fontSize: 12 }
    : {
        value,
        angle: -90,
        position: 'insideLeft' as const,
        offset: 8,
        fill: 'var(--ink-2)',
        fontSize: 12,
        style: { textAnchor: 'middle' as const },
      };
}

/** Thins a long series to about `most` points, always keeping the first and the last. */
export function thin<Point>(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => points[Math.round(index * step)] as Point);
}

/** Round values that cover `low` to `high` in about `count` steps, for an axis that is easy to read. */
export function niceTicks(low: number, high: number, count = 5): readonly number[] {
  const span = Math.max(high - low, 1e-6);
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toFixed(10)));
}

/** The domain that ticks span. */
export function span(ticks: readonly number[]): [number, number] {
  return [ticks[0] ?? 0, ticks.at(-1) ?? 1];
}

/** Moves places apart until neighbours are at least `gap` from each other, keeping their order and, as far as can be, where they are. */
export function spread(values: readonly number[], gap: number): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  // Groups of touching places, each as a block around the mean of what it holds.
  const blocks: { members: number[]; centre: number }[] = [];
  for (const index of order) {
    blocks.push({ members: [index], centre: values[index]! });
    for (;;) {
      const [before, after] = [blocks.at(-2), blocks.at(-1)];
      if (before === undefined || after === undefined) break;
      const reach = ((before.members.length + after.members.length) * gap) / 2;
      if (after.centre - before.centre >= reach - 1e-12) break;
      const members = [...before.members, ...after.members];
      blocks.splice(-2, 2, { members, centre: members.reduce((sum, each) => sum + values[each]!, 0) / members.length });
    }
  }
  const places = [...values];
  for (const { members, centre } of blocks)
    members.forEach((index, at) => (places[index] = centre + (at - (members.length - 1) / 2) * gap));
  return places;
}
