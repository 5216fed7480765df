import type { Page } from 'playwright-core';

export interface ScrollFrames {
  readonly frames: number;
  /** Milliseconds between two frames: median and longest. */
  readonly median: number;
  readonly longest: number;
  /** Frames that took longer than 50 ms. */
  readonly slow: number;
  /** Processor time of the page's main thread for each frame, in milliseconds. */
  readonly busy: number;
}

/** Scrolls an element by some pixels a frame, as a hand on a wheel does, and looks at the frames. */
export async function scrollFrames(
  page: Page,
  selector: string,
  by: { readonly top: number; readonly left: number },
  frames: number,
): Promise<ScrollFrames> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<number> =>
    1000 * (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value;
  const before = await spent();
  const times = await page.locator(selector).evaluate(
    (element, { top, left, count }) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let last: number | undefined;
        const frame = (now: number): void => {
          if (last !== undefined) found.push(now - last);
          last = now;
          if (found.length >= count) return resolve(found);
          element.scrollBy(left, top);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { ...by, count: frames },
  );
  const busy = ((await spent()) - before) / frames;
  await session.detach();
  const sorted = times.toSorted((a, b) => a - b);
  return {
    frames,
    median: sorted[sorted.length >> 1]!,
    longest: sorted.at(-1)!,
    slow: times.filter((each) => each > 50).length,
    busy,
  };
}

export const describeFrames = (what: string, { frames, median, longest, slow, busy }: ScrollFrames): string =>
  `${what}: ${slow} of ${frames} frames over 50 ms, median ${median.toFixed(0)}, longest ${longest.toFixed(0)}; ${busy.toFixed(1)} ms of the page's processor time a frame`;
