import { evaluate, holds, same, whole } from '../../support/arithmetic.ts';
import type { Value } from '../../support/arithmetic.ts';

/** What is printed, English. */
export interface Printed {
  readonly prompt: string;
  readonly answer: string;
  /** Numbers of the prompt in their order; a minus counts only directly before a digit where nothing is subtracted. */
  readonly numbers: readonly number[];
  readonly figure: { readonly parts: number; readonly shaded?: number; readonly at?: number } | undefined;
}
export type Check = (printed: Printed) => boolean;

const numberOf = (text: string): number => Number(/−?\d+(?:\.\d+)?/.exec(text)![0].replace('−', '-'));
/** The prompt's numbers make the answer's first number. */
const makes =
  (work: (...numbers: number[]) => number): Check =>
  ({ numbers, answer }) =>
    Math.abs(work(...numbers) - numberOf(answer)) < 1e-9;
const afterColon = (prompt: string): string => prompt.slice(prompt.indexOf(': ') + 2);
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const list = (text: string): number[] => text.split(', ').map(Number);
const points = (text: string): number[][] =>
  [...text.matchAll(/\((−?\d+), (−?\d+)\)/g)].map(([, x, y]) => [numberOf(x!), numberOf(y!)]);
const samePoint = (answer: string, x: number, y: number): boolean => JSON.stringify(points(answer)) === JSON.stringify([[x, y]]);
const isLowest = (text: string): boolean => {
  const [n, d = '1'] = text.split('/');
  return gcd(Number(n), Number(d)) === 1;
};

/** The answer is worth what the prompt asks to work out, and all that it is said to equal is the same. */
const worth: Check = ({ prompt, answer }) => {
  const asked = evaluate(afterColon(prompt));
  return answer.split(' = ').every((part) => same(evaluate(part), asked));
};
/** Put into the gap, the answer makes the equation true. */
const fills: Check = ({ prompt, answer }) => {
  const equation = afterColon(prompt).replace('__', answer);
  return holds(equation);
};
const solves: Check = ({ prompt, answer }) => {
  const x = evaluate(answer.replace('x = ', ''));
  return answer.startsWith('x = ') && holds(afterColon(prompt), { x });
};
/** Every relation in the answer holds, and it is made of what the prompt names. */
const relates: Check = ({ prompt, answer }) => {
  const sides = (text: string): string => [...text.matchAll(/[\d./−]+/g)].map(String).sort().join(' ');
  return holds(answer) && sides(answer) === sides(afterColon(prompt).replace('__', ' '));
};
/** For many values of the letter both say the same. */
const sameExpression =
  (asked: (printed: Printed, letter: number) => Value, letter = 'n'): Check =>
  (printed) =>
    [0, 1, 2, 3, 7, 20].every((each) => same(evaluate(printed.answer, { [letter]: whole(each) }), asked(printed, each)));
const fractionMakes =
  (work: (...numbers: number[]) => readonly [number, number]): Check =>
  ({ numbers, answer }) => {
    const [n, d] = work(...numbers);
    return answer.split(' = ').every((part) => same(evaluate(part.replace(/ [a-z]+$/, '')), [BigInt(n), BigInt(d)]));
  };
const inLowestTerms =
  (check: Check): Check =>
  (printed) =>
    check(printed) && isLowest(printed.answer.split(' = ').at(-1)!);
const factors = (of: number): number[] => Array.from({ length: of }, (_, index) => index + 1).filter((each) => of % each === 0);
const primes = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((each) => factors(each).length === 2);
const roundTo = (number: number, unit: number): number => Math.round(number / unit) * unit;

/** For each template, how its printed answer is judged by its printed question alone. */
export const CHECKS: Readonly<Record<string, Check>> = {
  'digit-value': ({ numbers: [digit, number], answer }) => {
    const place = String(number).length - 1 - String(number).indexOf(String(digit));
    return Number(answer) === digit! * 10 ** place;
  },
  'compose-number': ({ prompt, answer }) => {
    const units: Record<string, number> = { one: 1, ten: 10, hundred: 100, thousand: 1000, 'ten thousand': 10_000 };
    const parts = [...afterColon(prompt).matchAll(/(\d) ((?:ten )?[a-z]+?)s?(?=,| and |$)/g)];
    return parts.length > 1 && parts.reduce((sum, [, digit, unit]) => sum + Number(digit) * units[unit!]!, 0) === Number(answer);
  },
  'compare-two-numbers': relates,
  'order-three-numbers': relates,
  round: makes((number, unit) => roundTo(number!, unit!)),
  'add-two': worth,
  'add-three': worth,
  'subtract-two': worth,
  'missing-subtrahend': fills,
  'get-and-give': makes((a, b, c) => a! + b! - c!),
  'how-many-more': makes((a, b) => a! + (a! - b!)),
  'estimate-sum': makes((a, b, unit) => roundTo(a!, unit!) + roundTo(b!, unit!)),
  'estimate-product': makes((a, b, _, unit) => roundTo(a!, unit!) * b!),
  'equal-groups': makes((a, b) =>
    Array<number>(a!)
      .fill(b!)
      .reduce((sum, each) => sum + each, 0),
  ),
  'sum-as-product': fills,
  'times-table': worth,
  'missing-factor': fills,
  share: ({ numbers: [all, children], answer }) => numberOf(answer) * children! === all,
  'how-many-groups': ({ numbers: [all, each], answer }) => numberOf(answer) * each! === all,
  'divide-fact': worth,
  'missing-dividend': fills,
  'times-one-digit': worth,
  'with-remainder': ({ numbers: [all, by], answer }) => {
    const [, q, r] = /^(\d+) remainder (\d+)$/.exec(answer)!.map(Number);
    return q! * by! + r! === all && r! < by! && r! > 0;
  },
  'divide-by-one-digit': worth,
  change: makes((packs, price, paid) => paid! - packs! * price!),
  'collect-and-share': ({ numbers: [a, b, children], answer }) => numberOf(answer) * children! === a! + b!,
  'multiply-many-digits': worth,
  'divide-many-digits': worth,
  'times-before-plus': worth,
  'brackets-first': worth,
  'distribute-number': fills,
  'handy-order': worth,
  'next-in-pattern': ({ numbers: [a, b, c, d], answer }) =>
    b! - a! === c! - b! && d! - c! === b! - a! && Number(answer) - d! === b! - a!,
  'gap-in-pattern': ({ numbers: [a, b, c, d], answer }) =>
    Number(answer) - b! === b! - a! && c! - Number(answer) === b! - a! && d! - c! === b! - a!,
  'list-factors': ({ numbers: [number], answer }) => JSON.stringify(list(answer)) === JSON.stringify(factors(number!)),
  'first-multiples': ({ numbers: [number], answer }) =>
    list(answer).every((each, index) => each === number! * (index + 1)) && list(answer).length === 5,
  'prime-or-composite': ({ numbers: [number], answer }) =>
    primes(number!, number!).length === 1 ? answer.startsWith('Yes') : answer.startsWith('No') && holds(answer.slice(4)),
  'primes-between': ({ numbers: [from, to], answer }) => JSON.stringify(list(answer)) === JSON.stringify(primes(from!, to!)),
  gcf: makes((a, b) => Math.max(...factors(a!).filter((each) => b! % each === 0))),
  lcm: makes((a, b) => Array.from({ length: b! }, (_, index) => a! * (index + 1)).find((each) => each % b! === 0)!),
  'shaded-part': ({ figure, answer }) => answer === `${figure!.shaded}/${figure!.parts}`,
  'what-is-left': fractionMakes((parts, eaten) => [parts! - eaten!, parts!]),
  'part-of-a-set': fractionMakes((red, blue) => [blue!, red! + blue!]),
  'read-mark': ({ figure, answer }) =>
    answer.split(' = ').every((part) => same(evaluate(part), [BigInt(figure!.at!), BigInt(figure!.parts)])),
  'between-whole-numbers': ({ numbers: [n, d], answer }) => {
    const [, low, high] = /^(\d+) and (\d+)$/.exec(answer)!.map(Number);
    return high === low! + 1 && low! * d! < n! && n! < high! * d!;
  },
  'compare-unit-fractions': relates,
  'order-unit-fractions': relates,
  'missing-numerator': fills,
  'missing-denominator': fills,
  'compare-fractions': relates,
  'order-fractions': relates,
  'improper-to-mixed': (printed) => worth(printed) && printed.answer.includes('\u00a0'),
  'mixed-to-improper': (printed) => worth(printed) && /^\d+\/\d+$/.test(printed.answer),
  'lowest-terms': inLowestTerms(worth),
  'share-in-lowest-terms': inLowestTerms(fractionMakes((part, all) => [part!, all!])),
  'add-like': worth,
  'add-like-missing': fills,
  'subtract-like': inLowestTerms(worth),
  'add-unlike': worth,
  'add-unlike-walk': fractionMakes((a, b, c, d) => [a! * d! + c! * b!, b! * d!]),
  'subtract-unlike': inLowestTerms(worth),
  'subtract-unlike-jug': fractionMakes((a, b, c, d) => [a! * d! - c! * b!, b! * d!]),
  'fraction-times-fraction': worth,
  'fraction-of-whole': worth,
  'fraction-by-fraction': worth,
  'whole-by-fraction': worth,
  'fraction-of-amount': ({ numbers: [all, a, b], answer }) => (all! - numberOf(answer)) * b! === a! * all!,
  'what-is-left-of-one': fractionMakes((a, b, c, d) => [b! * d! - a! * d! - c! * b!, b! * d!]),
  'how-many-portions': ({ numbers: [all, n, d], answer }) => numberOf(answer) * n! === all! * d!,
  'fraction-to-decimal': (printed) => worth(printed) && !printed.answer.includes('/'),
  'decimal-to-fraction': inLowestTerms(worth),
  'fraction-to-percent': worth,
  'score-as-percent': ({ numbers: [n, all], answer }) => numberOf(answer) * all! === 100 * n!,
  'decimal-digit-value': ({ numbers: [digit], prompt, answer }) => {
    const shown = / in ([\d.]+)\?/.exec(prompt)![1]!;
    return (
      answer ===
      shown
        .replaceAll(/\d/g, (each) => (each === String(digit) ? each : '0'))
        .replace(/^0+(?=\d)/, '')
        .replace(/0+$/, '')
    );
  },
  'sum-of-places': (printed) => worth(printed) && !printed.answer.includes('/'),
  'compare-decimals': relates,
  'add-decimals': worth,
  'multiply-decimals': worth,
  'divide-decimal': worth,
  'ratio-of-two': ({ numbers: [flour, milk], answer }) => answer === `${milk}:${flour}`,
  'ratio-to-all': ({ numbers: [girls, boys], answer }) => answer === `${girls}:${girls! + boys!}`,
  'simplify-ratio': (printed) => worth(printed) && isLowest(printed.answer.replace(':', '/')),
  'missing-ratio-term': fills,
  'price-of-one': ({ numbers: [count, all], answer }) => Math.abs(numberOf(answer) * count! - all!) < 1e-9,
  speed: ({ numbers: [way, hours, longer], answer }) => numberOf(answer) * hours! === way! * longer!,
  'out-of-hundred': makes((n) => 100 - n!),
  'percent-of-a-group': ({ numbers: [n, all], answer }) => numberOf(answer) * all! === 100 * n!,
  'percent-to-fraction': inLowestTerms(worth),
  'decimal-to-percent': worth,
  'percent-of': ({ numbers: [percent, all], answer }) => numberOf(answer) * 100 === percent! * all!,
  'increase-by-percent': ({ numbers: [all, percent], prompt, answer }) =>
    numberOf(answer) * 100 === all! * (100 + (prompt.includes('falls') ? -percent! : percent!)),
  'which-percent-change': ({ numbers: [from, to], answer }) => numberOf(answer) * from! === 100 * (to! - from!),
  discount: ({ numbers: [price, percent], answer }) => numberOf(answer) * 100 === price! * (100 - percent!),
  'simple-interest': ({ numbers: [saved, percent, years], answer }) => numberOf(answer) * 100 === saved! * percent! * years!,
  'constant-of-proportion': ({ numbers: [y, x, other], answer }) => numberOf(answer) * x! === y! * other!,
  'solve-proportion': solves,
  'map-distance': ({ numbers: [, scale, cm], answer }) => numberOf(answer) * 100 === scale! * cm!,
  'similar-side': ({ numbers: [a, b, again, long], answer }) =>
    again === a && Math.abs(numberOf(answer) * a! - long! * b!) < 1e-9,
  'pick-one': (printed) =>
    inLowestTerms(fractionMakes((red, blue, green) => [blue!, red! + blue! + (printed.prompt.includes('green') ? green! : 0)]))(
      printed,
    ),
  'not-the-event': makes((percent) => 100 - percent!),
  'compare-negative': relates,
  temperature: ({ prompt, numbers: [from, change], answer }) =>
    numberOf(answer) === from! + (prompt.includes('falls') ? -change! : change!),
  'distance-from-zero': worth,
  'add-integers': worth,
  'multiply-integers': worth,
  'divide-integers': worth,
  power: worth,
  'power-in-sum': worth,
  'multiply-powers': (printed) => worth(printed) && /^\d+\^\d+$/.test(printed.answer),
  'power-of-power': (printed) => worth(printed) && /^\d+\^\d+$/.test(printed.answer),
  'to-scientific': (printed) => worth(printed) && /^[1-9](\.\d+)? × 10\^\d+$/.test(printed.answer),
  'square-root': worth,
  'cube-root': worth,
  'signed-fractions': worth,
  'words-to-expression': sameExpression(({ prompt }, n) => {
    const [, sumFirst] = /the sum of n and (\d+)/.exec(prompt) ?? [];
    const [, times] = /(\d+) times n|times (\d+)/.exec(prompt)!.map((each) => each && Number(each)) as (number | undefined)[];
    const factor = times ?? Number(/times (\d+)/.exec(prompt)![1]);
    if (sumFirst) return whole((n + Number(sumFirst)) * factor);
    const [, change, way] = /then (\d+) (less|more)/.exec(prompt)!;
    return whole(factor * n + (way === 'more' ? 1 : -1) * Number(change));
  }),
  'story-to-expression': sameExpression(({ numbers: [pens, pad] }, n) => whole(pens! * n + pad!)),
  substitute: ({ prompt, answer }) => {
    const [, expression, x] = /What is (.+) when x = (.+)\?/.exec(prompt)!;
    return same(evaluate(expression!, { x: evaluate(x!) }), evaluate(answer));
  },
  'substitute-square': ({ prompt, answer }) => {
    const [, expression, x] = /What is (.+) when x = (.+)\?/.exec(prompt)!;
    return same(evaluate(expression!, { x: evaluate(x!) }), evaluate(answer));
  },
  expand: (printed) =>
    !printed.answer.includes('(') &&
    sameExpression(({ prompt }, x) => evaluate(afterColon(prompt), { x: whole(x) }), 'x')(printed),
  combine: (printed) =>
    printed.answer.split('x').length === 2 &&
    sameExpression(({ prompt }, x) => evaluate(afterColon(prompt), { x: whole(x) }), 'x')(printed),
  'solve-sum': solves,
  'solve-product': solves,
  'solve-two-steps': solves,
  'number-riddle': ({ numbers: [a, b, result], answer }) => numberOf(answer) * a! + b! === result,
  'two-ages': ({ numbers: [all, more], answer }) => 2 * numberOf(answer) + more! === all,
  'solve-inequality': ({ prompt, answer }) => {
    const [, border] = /^x [<>] (.+)$/.exec(answer)!;
    const [edge] = evaluate(border!);
    const fits = (x: bigint): boolean => holds(afterColon(prompt), { x: [x, 1n] });
    const said = (x: bigint): boolean => holds(answer, { x: [x, 1n] });
    return [-30n, -1n, 0n, 1n, 30n].every((step) => fits(edge + step) === said(edge + step));
  },
  'x-on-both-sides': solves,
  'walk-on-grid': ({ prompt, numbers: [, , right, up], answer }) => {
    const [[x, y]] = points(prompt) as [[number, number]];
    return samePoint(answer, x + right!, y + up!);
  },
  'which-quadrant': ({ prompt, answer }) => {
    const [[x, y]] = points(prompt) as [[number, number]];
    return answer === `the ${x > 0 ? (y > 0 ? 'first' : 'fourth') : y > 0 ? 'second' : 'third'} quadrant`;
  },
  'distance-on-axis': ({ prompt, answer }) => {
    const [[a, y], [b, z]] = points(prompt) as [[number, number], [number, number]];
    return y === z && Math.abs(a - b) === Number(answer);
  },
  'evaluate-function': ({ prompt, answer }) => {
    const [, expression, x] = /= (.+)\. What is f\((.+)\)/.exec(prompt)!;
    return same(evaluate(expression!, { x: evaluate(x!) }), evaluate(answer));
  },
  'find-input': ({ prompt, answer }) => {
    const [, expression, result] = /= (.+)\. For which x is f\(x\) = (.+)\?/.exec(prompt)!;
    return same(evaluate(expression!, { x: evaluate(answer.slice(4)) }), evaluate(result!));
  },
  'slope-of-two-points': ({ prompt, answer }) => {
    const [[x, y], [u, v]] = points(prompt) as [[number, number], [number, number]];
    return same(evaluate(answer), [BigInt(v - y), BigInt(u - x)]);
  },
  'line-through-points': ({ prompt, answer }) =>
    points(prompt).every(([x, y]) => same(evaluate(answer.slice(4), { x: whole(x!) }), whole(y!))),
  'rule-of-a-story': ({ numbers: [start, each], answer }) =>
    [0, 1, 5].every((x) => same(evaluate(answer.slice(4), { x: whole(x) }), whole(start! + each! * x))),
  'sum-and-difference': ({ prompt, answer }) => solvesBoth(prompt, answer),
  'substitute-one': ({ prompt, answer }) => solvesBoth(prompt, answer),
  'reflect-point': ({ prompt, answer }) => {
    const [[x, y]] = points(prompt) as [[number, number]];
    return prompt.includes('x-axis') ? samePoint(answer, x, -y) : samePoint(answer, -x, y);
  },
  'move-point': ({ prompt, answer }) => {
    const [[x, y]] = points(prompt) as [[number, number]];
    const [, left, down] = /\) (\d+) to the left and (\d+) down/.exec(prompt)!.map(Number);
    return samePoint(answer, x - left!, y - down!);
  },
  'perimeter-rectangle': makes((a, b) => a! + b! + a! + b!),
  'side-from-perimeter': ({ numbers: [around, long], answer }) => 2 * long! + 2 * numberOf(answer) === around,
  'area-rectangle': makes((a, b) =>
    Array<number>(b!)
      .fill(a!)
      .reduce((sum, each) => sum + each, 0),
  ),
  'area-l-shape': makes((a, b, c, d) => (a! - c!) * b! + c! * (b! - d!)),
  'to-smaller-unit': ({ prompt, answer }) => unitsAgree(prompt, answer),
  'to-larger-unit': ({ prompt, answer }) => unitsAgree(prompt, answer),
  'area-triangle': makes((a, h) => (a! * h!) / 2),
  'area-parallelogram': makes((a, h) => a! * h!),
  'volume-box': makes((a, b, c) => a! * b! * c!),
  'height-of-box': ({ numbers: [volume, a, b], answer }) => a! * b! * numberOf(answer) === volume,
  circumference: ({ prompt, numbers: [size], answer }) =>
    Math.abs(numberOf(answer) - 3.14 * size! * (prompt.includes('diameter') ? 1 : 2)) < 1e-6,
  'area-circle': ({ prompt, numbers: [size], answer }) =>
    Math.abs(numberOf(answer) - 3.14 * (prompt.includes('diameter') ? size! / 2 : size!) ** 2) < 1e-6,
  'volume-cylinder': ({ prompt, numbers: [r, h], answer }) =>
    numberOf(answer) * (prompt.includes('cone') ? 3 : 1) === r! * r! * h!,
  'complement-or-supplement': ({ prompt, numbers: [angle], answer }) =>
    numberOf(answer) + angle! === (prompt.includes('straight') ? 180 : 90),
  'angle-equation': ({ numbers: [factor], answer }) => numberOf(answer) * (1 + factor!) === 180,
  'third-angle': makes((a, b) => 180 - a! - b!),
  'right-triangle': ({ prompt, numbers: [a, b], answer }) =>
    prompt.startsWith('In a right') ? a! ** 2 === b! ** 2 + numberOf(answer) ** 2 : a! ** 2 + b! ** 2 === numberOf(answer) ** 2,
  'ruler-from-mark': makes((from, to) => to! - from!),
  'centimetres-and-millimetres': makes((cm, mm) => cm! * 10 + mm!),
  'corners-of-two-kinds': ({ prompt, answer }) =>
    [...prompt.matchAll(/(\d+) (\w+)/g)].reduce((sum, [, count, kind]) => sum + Number(count) * SIDES[kind!]!, 0) ===
    Number(answer),
  'shapes-from-sticks': ({ prompt, numbers: [sticks], answer }) =>
    Number(answer) * SIDES[/How many (\w+) can/.exec(prompt)![1]!]! === sticks,
  'protractor-reading': makes((a, b) => b! - a!),
  'parts-of-a-turn': ({ numbers: [parts, count], answer }) => numberOf(answer) * parts! === 360 * count!,
  'third-parallel': makes((a, b) => a! + b!),
  'between-perpendiculars': ({ numbers: [angle], answer }) => numberOf(answer) + angle! === 90 && numberOf(answer) > 0,
  'point-and-image': makes((a) => 2 * a!),
  'whole-from-half': makes((a, b) => a! + b! + a! + b!),
  'point-on-line': ({ prompt, answer }) => isOnLine(prompt, answer) && prompt.includes(`x = ${points(answer)[0]![0]}?`),
  'point-at-height': ({ prompt, answer }) => isOnLine(prompt, answer) && prompt.includes(`y = ${points(answer)[0]![1]}?`),
  pictograph: makes((each, stars) => each! * stars!),
  'bars-compared': makes((each, a, b) => a! * each! - b! * each!),
  'predict-by-line': ({ prompt, answer }) => isOnLine(prompt, `(${/x = (\d+)\?/.exec(prompt)![1]}, ${answer})`),
  'rise-of-a-trend': ({ prompt, answer }) => {
    const [[x, y], [u, v]] = points(prompt) as [[number, number], [number, number]];
    return Number(answer) * (u - x) === v - y;
  },
  mean: ({ numbers, answer }) => Number(answer) * numbers.length === numbers.reduce((sum, each) => sum + each, 0),
  median: ({ numbers, answer }) =>
    numbers.filter((each) => each < Number(answer)).length === 2 && numbers.filter((each) => each > Number(answer)).length === 2,
  mode: ({ numbers, answer }) =>
    numbers.filter((each) => each === Number(answer)).length === 2 && new Set(numbers).size === numbers.length - 1,
  range: makes((...numbers) => Math.max(...numbers) - Math.min(...numbers)),
  'mean-distance': ({ numbers, answer }) => {
    const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
    const total = numbers.reduce((sum, each) => sum + Math.abs(each - mean), 0);
    return answer.split(' = ').every((part) => same(evaluate(part), [BigInt(total), BigInt(numbers.length)]));
  },
};

const SIDES: Readonly<Record<string, number>> = { triangles: 3, squares: 4, pentagons: 5, hexagons: 6 };
function isOnLine(prompt: string, answer: string): boolean {
  const [, rule] = /line y = (\d+x \+ \d+)/.exec(prompt)!;
  const [[x, y]] = points(answer) as [[number, number]];
  return same(evaluate(rule!, { x: whole(x) }), whole(y));
}

function solvesBoth(prompt: string, answer: string): boolean {
  const [x, y] = answer.split(', ').map((part) => evaluate(part.slice(4))) as [Value, Value];
  return afterColon(prompt)
    .split(' and ')
    .every((equation) => holds(equation, { x, y }));
}

const METRES: Readonly<Record<string, number>> = { m: 1, cm: 0.01, km: 1000, kg: 1, g: 0.001, l: 1, ml: 0.001 };
function unitsAgree(prompt: string, answer: string): boolean {
  const [, wanted, number, unit] = /How many (\w+) are ([\d.]+) (\w+)\?/.exec(prompt)!;
  const [, result, said] = /^([\d.]+) (\w+)$/.exec(answer)!;
  return said === wanted && Math.abs(Number(result) * METRES[wanted!]! - Number(number) * METRES[unit!]!) < 1e-6;
}
