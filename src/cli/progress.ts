/** A line that renews itself on the error stream, only where that is a terminal. */
export interface ProgressLine {
  show(fraction: number, what: string): void;
  done(): void;
}

export function createProgressLine(
  clock: () => number,
  stream: { isTTY?: boolean; write(text: string): unknown } = process.stderr,
): ProgressLine {
  const began = clock();
  let shown = false;
  return {
    show(fraction, what) {
      if (!stream.isTTY) return;
      shown = true;
      const elapsed = clock() - began;
      const left =
        fraction > 0.03 ? `, about ${Math.max(1, Math.round((elapsed * (1 - fraction)) / fraction / 1000))} s left` : '';
      stream.write(`\r\u001b[K${what} ${Math.round(fraction * 100)}%${left}`);
    },
    done() {
      if (shown) stream.write('\r\u001b[K');
    },
  };
}
