/** A fraction in lowest terms with a positive denominator: answers are exact, never rounded. */
export interface Rational {
  readonly n: number;
  readonly d: number;
}

/** Greatest common factor of two whole numbers; 1 for 0 and 0. */
export function commonFactor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x || 1;
}

export const commonMultiple = (a: number, b: number): number => (a / commonFactor(a, b)) * b;

/** @throws RangeError for a denominator of 0, and for what a double does not hold exactly */
export function fraction(n: number, d = 1): Rational {
  if (d === 0 || !Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new RangeError(`No exact fraction: ${n}/${d}.`);
  const factor = commonFactor(n, d) * Math.sign(d);
  return { n: n / factor + 0, d: d / factor };
}

export const plus = (a: Rational, b: Rational): Rational => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Rational, b: Rational): Rational => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational): Rational => fraction(a.n * b.n, a.d * b.d);
export const over = (a: Rational, b: Rational): Rational => fraction(a.n * b.d, a.d * b.n);
/** Negative, 0 or positive, as a is below, at or above b. */
export const compare = (a: Rational, b: Rational): number => a.n * b.d - b.n * a.d;

/** As numbers below 0 are printed. */
export const signed = (value: number): string => (value < 0 ? `−${-value}` : `${value}`);

/** "3/4", "5", "−7/2". */
export const text = ({ n, d }: Rational): string => (d === 1 ? signed(n) : `${signed(n)}/${d}`);

/** "1 3/4" with a space that does not break: a mixed number; below 1 as `text`. */
export function mixed(value: Rational): string {
  const { n, d } = value;
  if (d === 1 || n < d) return text(value);
  return `${Math.floor(n / d)}\u00a0${n % d}/${d}`;
}

/** "7/4 = 1 3/4" above 1, else as `text`. */
export const both = (value: Rational): string =>
  value.d > 1 && value.n > value.d ? `${text(value)} = ${mixed(value)}` : text(value);

/** "0.75". @throws RangeError for a fraction that has no end as a decimal */
export function decimal({ n, d }: Rational): string {
  let places = 0;
  while (places < 12 && (Math.abs(n) * 10 ** places) % d !== 0) places++;
  const shifted = (Math.abs(n) * 10 ** places) / d;
  if (!Number.isSafeInteger(shifted)) throw new RangeError(`No exact decimal: ${n}/${d}.`);
  const digits = String(shifted).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${n < 0 ? '−' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}

/** What a sum comes to, as it is written first and as it ends: "6/8 = 3/4", "9/6 = 3/2 = 1 1/2". */
export function reduced(n: number, d: number): string {
  const value = fraction(n, d);
  return `${n}/${d}` === text(value) ? both(value) : `${n}/${d} = ${both(value)}`;
}

export const sign = (a: number, b: number): string => (a < b ? '<' : a > b ? '>' : '=');

/** "+ 3" or "− 3". */
export const added = (value: number): string => (value < 0 ? `− ${-value}` : `+ ${value}`);

/** In brackets where it is below 0: "(−3)". */
export const bracketed = (value: number): string => (value < 0 ? `(${signed(value)})` : `${value}`);
