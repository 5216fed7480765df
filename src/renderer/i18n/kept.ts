/** Texts that are kept at most; then they are made anew. */
const MOST = 20_000;

/** Makes the text of each number once: a heat map shows thousands of them, and the same ones again and again. */
export function kept(make: (value: number) => string): (value: number) => string {
  const known = new Map<number, string>();
  return (value) => {
    let text = known.get(value);
    if (text === undefined) {
      if (known.size >= MOST) known.clear();
      known.set(value, (text = make(value)));
    }
    return text;
  };
}
