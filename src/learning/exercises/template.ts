import type { Random } from '../random.ts';

/** From first steps to what is asked of somebody secure. */
export type Level = 1 | 2 | 3;

/** The same in both languages. Fractions as 3/4, mixed numbers with a space that does not break, powers as 2^3, a gap as __. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** What is drawn beside a question: a bar in equal parts, some of them shaded; a number line cut into parts, with a mark so many parts from its start. */
export type Figure =
  | { readonly kind: 'bar'; readonly parts: number; readonly shaded: number }
  | { readonly kind: 'line'; readonly from: number; readonly to: number; readonly parts: number; readonly at: number };

export interface Exercise {
  readonly prompt: Words;
  readonly answer: Words;
  /** The way to the answer. What stands in braces is left open where the example is faded. */
  readonly steps: readonly Words[];
  readonly figure?: Figure | undefined;
}

export type Range = readonly [low: number, high: number];

/** A question with parameters: whole numbers within ranges, both ends included, that are drawn until they are fit. */
export interface Template {
  readonly id: string;
  /** @throws RangeError where a thousand draws had nothing fit, which is a mistake in the template */
  draw(random: Random, level: Level): Exercise;
}

const MOST_DRAWS = 1000;

/** @param fits whether drawn values make a question worth asking */
export const template = <Name extends string>(
  id: string,
  ranges: (level: Level) => Readonly<Record<Name, Range>>,
  write: (values: Readonly<Record<Name, number>>) => Exercise,
  fits: (values: Readonly<Record<Name, number>>) => boolean = () => true,
): Template => ({
  id,
  draw(random, level) {
    const asked = Object.entries(ranges(level)) as [Name, Range][];
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const values = Object.fromEntries(
        asked.map(([name, [low, high]]) => [name, low + random.integer(high - low + 1)]),
      ) as Record<Name, number>;
      if (fits(values)) return write(values);
    }
    throw new RangeError(`The template ${id} has nothing fit on level ${level}.`);
  },
});

export const words = (en: string, zh: string): Words => ({ en, zh });
const both = (text: Words | string): Words => (typeof text === 'string' ? { en: text, zh: text } : text);

/** Text that is the same in both languages may be a string. */
export const exercise = (
  prompt: Words,
  answer: Words | string,
  steps: readonly (Words | string)[],
  figure?: Figure,
): Exercise => ({ prompt, answer: both(answer), steps: steps.map(both), ...(figure ? { figure } : {}) });

export const workOut = (expression: string): Words => words(`Work out: ${expression}`, `计算：${expression}`);
export const fillIn = (equation: string): Words => words(`Fill in the missing number: ${equation}`, `填空：${equation}`);
export const solve = (equation: string): Words => words(`Solve: ${equation}`, `解方程：${equation}`);

/** "1 apple", "2 apples". */
export const many = (count: number | string, one: string, several: string): string =>
  `${count} ${String(count) === '1' ? one : several}`;

/** A value for each level. */
export const at = <Value>(level: Level, first: Value, second: Value, third: Value): Value => [first, second, third][level - 1]!;

export const NAMES: readonly Words[] = [words('Mia', '小美'), words('Tom', '小明'), words('Ana', '小安'), words('Leo', '小亮')];
export const LAST_NAME = NAMES.length - 1;
