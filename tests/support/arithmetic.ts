/**
 * Reads printed arithmetic and works it out with big integers, knowing nothing of the code that wrote it. A value is a pair [numerator, denominator].
 */
export type Value = readonly [bigint, bigint];

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const value = (n: bigint, d: bigint): Value => {
  if (d === 0n) throw new RangeError('division by 0');
  const factor = gcd(n, d) * (d < 0n ? -1n : 1n);
  return [n / factor, d / factor];
};
export const same = (a: Value, b: Value): boolean => a[0] * b[1] === b[0] * a[1];
export const below = (a: Value, b: Value): boolean => a[0] * b[1] < b[0] * a[1];

const root = (of: bigint, power: number): bigint => {
  let found = 0n;
  while (found ** BigInt(power) < of) found++;
  if (found ** BigInt(power) !== of) throw new RangeError(`no whole root of ${of}`);
  return found;
};

/** @param known values of letters @throws Error where the text is no arithmetic */
export function evaluate(text: string, known: Readonly<Record<string, Value>> = {}): Value {
  const tokens = text.match(/\d+\u00a0\d+\/\d+|\d+\/\d+|\d+\.\d+|\d+|[a-z]|[+−×÷:/^()√∛|%]|\S/g) ?? [];
  let at = 0;
  const next = (): string | undefined => tokens[at];
  const number = (token: string): Value => {
    const mixed = /^(\d+)\u00a0(\d+)\/(\d+)$/.exec(token);
    if (mixed) return value(BigInt(mixed[1]!) * BigInt(mixed[3]!) + BigInt(mixed[2]!), BigInt(mixed[3]!));
    if (token.includes('/')) return value(BigInt(token.split('/')[0]!), BigInt(token.split('/')[1]!));
    const [whole, after = ''] = token.split('.');
    return value(BigInt(whole! + after), 10n ** BigInt(after.length));
  };
  const atom = (): Value => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`ends early: ${text}`);
    if (/^\d/.test(token)) return number(token);
    if (token === '−') {
      const [n, d] = power();
      return [-n, d];
    }
    if (token === '(') {
      const inner = sum();
      if (tokens[at++] !== ')') throw new Error(`no bracket: ${text}`);
      return inner;
    }
    if (token === '|') {
      const [n, d] = sum();
      if (tokens[at++] !== '|') throw new Error(`no bar: ${text}`);
      return [n < 0n ? -n : n, d];
    }
    if (token === '√' || token === '∛') {
      const [n, d] = atom();
      const by = token === '√' ? 2 : 3;
      return value(root(n, by), root(d, by));
    }
    if (/^[a-z]$/.test(token) && Object.hasOwn(known, token)) return known[token]!;
    throw new Error(`not arithmetic: ${text}`);
  };
  const power = (): Value => {
    let base = atom();
    while (next() === '^') {
      at++;
      const [exponent] = atom();
      base = value(base[0] ** exponent, base[1] ** exponent);
    }
    if (next() === '%') {
      at++;
      base = value(base[0], base[1] * 100n);
    }
    return base;
  };
  const product = (): Value => {
    let left = power();
    for (;;) {
      const sign = next();
      if (sign === '×' || sign === '÷' || sign === ':' || sign === '/') {
        at++;
        const right = power();
        left = sign === '×' ? value(left[0] * right[0], left[1] * right[1]) : value(left[0] * right[1], left[1] * right[0]);
      } else if (sign !== undefined && /^[a-z(]$/.test(sign)) {
        const right = power();
        left = value(left[0] * right[0], left[1] * right[1]);
      } else return left;
    }
  };
  const sum = (): Value => {
    let left = product();
    for (;;) {
      const sign = next();
      if (sign !== '+' && sign !== '−') return left;
      at++;
      const right = product();
      left = value(left[0] * right[1] + (sign === '+' ? right[0] : -right[0]) * left[1], left[1] * right[1]);
    }
  };
  const result = sum();
  if (at < tokens.length) throw new Error(`not arithmetic: ${text}`);
  return result;
}

/** Whether "a = b = c", "a < b" … holds. @throws Error where a side is no arithmetic */
export function holds(text: string, known: Readonly<Record<string, Value>> = {}): boolean {
  const parts = text.split(/([=<>])/).map((part) => part.trim());
  let true_ = true;
  for (let index = 1; index < parts.length; index += 2) {
    const [left, right] = [evaluate(parts[index - 1]!, known), evaluate(parts[index + 1]!, known)];
    const sign = parts[index];
    true_ &&= sign === '=' ? same(left, right) : sign === '<' ? below(left, right) : below(right, left);
  }
  return true_;
}

export const whole = (number: number): Value => [BigInt(number), 1n];
