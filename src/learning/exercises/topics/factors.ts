import { commonFactor, commonMultiple } from '../rational.ts';
import { at, exercise, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const factorsOf = (number: number): number[] =>
  Array.from({ length: number }, (_, index) => index + 1).filter((each) => number % each === 0);
const isPrime = (number: number): boolean => number > 1 && factorsOf(number).length === 2;
const listed = (numbers: readonly number[]): ReturnType<typeof words> => words(numbers.join(', '), numbers.join('，'));

export const factorsMultiples: readonly Template[] = [
  template(
    'list-factors',
    (level) => ({ number: at(level, [6, 20], [18, 40], [36, 100]) }),
    ({ number }) => {
      const factors = factorsOf(number);
      const pairs = factors.filter((each) => each * each <= number).map((each) => `${each} × ${number / each}`);
      return exercise(words(`List all factors of ${number}.`, `写出 ${number} 的所有因数。`), listed(factors), [
        words(`Look for pairs: ${pairs[0]}`, `成对地找：${pairs[0]}`),
        words(`All pairs: {${pairs.join(', ')}}`, `所有的对：{${pairs.join('，')}}`),
      ]);
    },
    ({ number }) => factorsOf(number).length >= 4,
  ),
  template(
    'first-multiples',
    (level) => ({ number: [3, at(level, 9, 15, 35)] }),
    ({ number }) => {
      const multiples = [1, 2, 3, 4, 5].map((each) => each * number);
      return exercise(
        words(`Write the first five multiples of ${number}.`, `从 ${number} 本身开始，写出它的前五个倍数。`),
        listed(multiples),
        [
          `1 × ${number} = ${number}, 2 × ${number} = ${2 * number}`,
          words(
            `Keep adding ${number}: {${multiples.slice(2).join(', ')}}`,
            `继续加 ${number}：{${multiples.slice(2).join('，')}}`,
          ),
        ],
      );
    },
  ),
];

export const primeNumbers: readonly Template[] = [
  template(
    'prime-or-composite',
    (level) => ({ number: at(level, [5, 30], [20, 70], [50, 120]), wantPrime: [0, 1] }),
    ({ number }) => {
      const smallest = factorsOf(number)[1]!;
      return exercise(
        words(`Is ${number} a prime number? Give a reason.`, `${number} 是质数吗？说明理由。`),
        isPrime(number)
          ? words(`Yes: only 1 and ${number} divide it.`, `是：只有 1 和 ${number} 能整除它。`)
          : words(`No: ${number} = ${smallest} × ${number / smallest}`, `不是：${number} = ${smallest} × ${number / smallest}`),
        [
          words(`Try to divide ${number} by 2, 3, 5, 7 …`, `依次用 2、3、5、7…… 去除 ${number}。`),
          isPrime(number)
            ? words(`{None} of them divides it, only 1 and ${number} do.`, `它们{都不能}整除它，只有 1 和 ${number} 能。`)
            : `${number} = {${smallest}} × {${number / smallest}}`,
        ],
      );
    },
    ({ number, wantPrime }) =>
      isPrime(number) === (wantPrime === 1) && (wantPrime === 1 || (number % 2 !== 0 && number % 5 !== 0)),
  ),
  template(
    'primes-between',
    (level) => ({ from: at(level, [2, 20], [20, 60], [50, 90]) }),
    ({ from }) => {
      const to = from + 10;
      const primes = Array.from({ length: 11 }, (_, index) => from + index).filter(isPrime);
      const odd = Array.from({ length: 11 }, (_, index) => from + index).filter((each) => each === 2 || each % 2 === 1);
      return exercise(
        words(`List all prime numbers from ${from} to ${to}.`, `写出 ${from} 到 ${to} 之间的所有质数。`),
        listed(primes),
        [
          words(`Even numbers above 2 are not prime. Left: ${odd.join(', ')}`, `大于 2 的偶数不是质数。剩下：${odd.join('，')}`),
          words(`Cross out what 3, 5 or 7 divides: {${primes.join(', ')}}`, `再划去能被 3、5、7 整除的：{${primes.join('，')}}`),
        ],
      );
    },
    ({ from }) => Array.from({ length: 11 }, (_, index) => from + index).filter(isPrime).length >= 2 && from !== 7 && from > 7,
  ),
];

export const greatestCommonFactor: readonly Template[] = [
  template(
    'gcf',
    (level) => ({ factor: [2, at(level, 6, 9, 15)], a: [2, at(level, 5, 8, 12)], b: [2, at(level, 5, 8, 12)] }),
    ({ factor, a, b }) => {
      const [x, y] = [factor * a, factor * b];
      return exercise(words(`Find the greatest common factor of ${x} and ${y}.`, `求 ${x} 和 ${y} 的最大公因数。`), `${factor}`, [
        words(`Factors of ${x}: ${factorsOf(x).join(', ')}`, `${x} 的因数：${factorsOf(x).join('，')}`),
        words(
          `Those that divide ${y} as well: {${factorsOf(factor).join(', ')}}`,
          `其中也能整除 ${y} 的：{${factorsOf(factor).join('，')}}`,
        ),
        words(`The greatest of them is {${factor}}.`, `其中最大的是 {${factor}}。`),
      ]);
    },
    ({ a, b }) => a !== b && commonFactor(a, b) === 1,
  ),
];

export const leastCommonMultiple: readonly Template[] = [
  template(
    'lcm',
    (level) => ({ a: [3, at(level, 8, 12, 20)], b: [3, at(level, 8, 15, 24)] }),
    ({ a, b }) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const found = commonMultiple(a, b);
      const multiples = Array.from({ length: found / high }, (_, index) => (index + 1) * high);
      return exercise(words(`Find the least common multiple of ${a} and ${b}.`, `求 ${a} 和 ${b} 的最小公倍数。`), `${found}`, [
        words(`Multiples of ${high}: ${multiples.join(', ')} …`, `${high} 的倍数：${multiples.join('，')}……`),
        words(`The first that ${low} divides is {${found}}.`, `其中第一个能被 ${low} 整除的是 {${found}}。`),
      ]);
    },
    ({ a, b }) => a !== b && commonMultiple(a, b) / Math.max(a, b) <= 9 && commonMultiple(a, b) > Math.max(a, b),
  ),
];
