/** A source of chance that is an argument, never global: the same seed gives the same course of events on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  choice<Item>(items: readonly Item[]): Item;
  /** A shuffled copy. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

/** Where a source of chance stands: plain numbers, equal where what follows is equal. */
export type RandomState = readonly (number | undefined)[];

/** A source of chance whose place can be read and gone to. */
export interface SeededRandom extends Random {
  state(): RandomState;
  /** Goes on as the source did that stood there. */
  goTo(state: RandomState): void;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32; passes PractRand and is exact in 32-bit integers. */
export function createRandom(seed: number): SeededRandom {
  let mix = seed >>> 0;
  const next32 = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let value = mix ^ (mix >>> 16);
    value = Math.imul(value, 0x21f0aaad);
    value ^= value >>> 15;
    value = Math.imul(value, 0x735a2d97);
    return (value ^ (value >>> 15)) >>> 0;
  };
  let a = next32();
  let b = next32();
  let c = next32();
  let counter = 1;
  const uniform = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + sum) >>> 0;
    return sum / 4294967296;
  };
  for (let warm = 0; warm < 12; warm++) uniform();
  let spare: number | undefined;
  return {
    state: () => [a, b, c, counter, spare],
    goTo(state) {
      [a, b, c, counter] = state as [number, number, number, number];
      spare = state[4];
    },
    uniform,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    integer: (below) => Math.floor(uniform() * below),
    choice: <Item>(items: readonly Item[]): Item => {
      if (items.length === 0) throw new RangeError('Nothing to choose from.');
      return items[Math.floor(uniform() * items.length)] as Item;
    },
    shuffle: <Item>(items: readonly Item[]): Item[] => {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last--) {
        const other = Math.floor(uniform() * (last + 1));
        [result[last], result[other]] = [result[other] as Item, result[last] as Item];
      }
      return result;
    },
  };
}

/** FNV-1a, 32 bits: a stable number for a text, the same in every process. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
