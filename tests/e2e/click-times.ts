import type { Locator, Page } from 'playwright-core';

/** What one click led to, in milliseconds from the press of the button or key, as the page's own clock has it. */
export interface ClickTime {
  readonly name: string;
  /** Until the screen that shows the change was painted. */
  readonly changed: number;
  /** Until it was painted with nothing on it still to come. */
  readonly whole: number;
  /** The longest of the page's tasks over 50 ms meanwhile. */
  readonly longest: number;
  /** Processor time of the page's main thread, which other work on the machine does not lengthen. */
  readonly busy: number;
  /** The slowest call of the application meanwhile, with its milliseconds; empty where there was none. */
  readonly call: string;
}

/** What must stand on the page, as a CSS selector, before it counts as changed; and as whole, where that takes more than that nothing is loading. */
export interface Expected {
  readonly changed: string;
  readonly whole?: string;
}

/** The first look at what was forecast works out the course as it was at each import. */
const WAIT_MS = 90_000;

interface Watched {
  readonly begin: (changed: string, whole: string) => void;
  readonly result: () => Omit<ClickTime, 'name' | 'busy'> | undefined;
}

type WatchingWindow = typeof globalThis & { clickWatch: Watched };

/** Runs in the page: watches what is pressed, what changes in the document and when the frame that holds the change has been painted. */
function install(): void {
  let started: number | undefined;
  let wanted: { readonly changed: string; readonly whole: string } | undefined;
  let changed: number | undefined;
  let whole: number | undefined;
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (started !== undefined && startTime + duration > started) longest = Math.max(longest, duration);
  }).observe({ type: 'longtask' });
  for (const kind of ['pointerdown', 'keydown'] as const)
    document.addEventListener(
      kind,
      (event) => {
        if (wanted !== undefined) started ??= event.timeStamp;
      },
      true,
    );
  /** After the frame that is drawn next. */
  const painted = (then: (at: number) => void): void => {
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => then(performance.now());
      after.port2.postMessage(0);
    });
  };
  const busy = '#content .skeleton, #content [aria-busy="true"]';
  let underWay = false;
  const look = (): void => {
    if (wanted === undefined || started === undefined || underWay) return;
    const sees = (selector: string): boolean => document.querySelector(selector) !== null;
    const isChanged = changed === undefined && sees(wanted.changed);
    const isWhole = whole === undefined && (changed !== undefined || isChanged) && sees(wanted.whole) && !sees(busy);
    if (!isChanged && !isWhole) return;
    underWay = true;
    painted((at) => {
      underWay = false;
      if (isChanged) changed = at;
      if (isWhole) whole = at;
      look();
    });
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  (globalThis as WatchingWindow).clickWatch = {
    begin: (changedSelector, wholeSelector) => {
      wanted = { changed: changedSelector, whole: wholeSelector };
      started = changed = whole = undefined;
      longest = 0;
      performance.clearResourceTimings();
    },
    result: () => {
      if (started === undefined || changed === undefined || whole === undefined) return undefined;
      const [slowest] = (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => name.includes('/api/'))
        .sort((a, b) => b.duration - a.duration);
      const call = slowest === undefined ? '' : `${slowest.name.replace(/^.*\/api\//, '')} ${slowest.duration.toFixed(0)}`;
      return { changed: changed - started, whole: whole - started, longest, call };
    },
  };
}

export interface ClickTimer {
  readonly times: ClickTime[];
  click(name: string, target: Locator, expected: Expected): Promise<void>;
  press(name: string, keys: string, expected: Expected): Promise<void>;
}

/** Times clicks on a page; what the teacher would wait for is measured in the page itself, and nothing sleeps. */
export async function timeClicks(page: Page): Promise<ClickTimer> {
  await page.evaluate(install);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<number> =>
    1000 * (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value;
  const times: ClickTime[] = [];
  const timed = async (name: string, expected: Expected, act: () => Promise<void>): Promise<void> => {
    await page.evaluate(([changed, whole]) => (globalThis as WatchingWindow).clickWatch.begin(changed, whole), [
      expected.changed,
      expected.whole ?? expected.changed,
    ] as const);
    const before = await spent();
    await act();
    const result = await page
      .waitForFunction(() => (globalThis as WatchingWindow).clickWatch.result(), undefined, { timeout: WAIT_MS })
      .catch((reason: unknown) => {
        throw new Error(`After “${name}” the page never showed ${expected.whole ?? expected.changed}.`, { cause: reason });
      });
    times.push({ name, busy: (await spent()) - before, ...(await result.jsonValue())! });
  };
  return {
    times,
    click: (name: string, target: Locator, expected: Expected) => timed(name, expected, () => target.click()),
    press: (name: string, keys: string, expected: Expected) => timed(name, expected, () => page.keyboard.press(keys)),
  };
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** One line a kind of click, the slowest first; then all together. */
export function describeTimes(title: string, times: readonly ClickTime[]): string {
  const names = [...new Set(times.map(({ name }) => name))];
  const line = (name: string, of: readonly ClickTime[]) => {
    const [changed, whole] = [of.map((each) => each.changed), of.map((each) => each.whole)];
    const pair = (values: readonly number[]) => `${quantile(values, 0.5).toFixed(0)} (${quantile(values, 0.95).toFixed(0)})`;
    const calls = of.map(({ call }) => call).filter((call) => call !== '');
    return {
      worst: quantile(whole, 0.5),
      text: `${name}: changed ${pair(changed)}, whole ${pair(whole)}; processor ${quantile(
        of.map(({ busy }) => busy),
        0.5,
      ).toFixed(
        0,
      )}, longest task ${Math.max(...of.map(({ longest }) => longest)).toFixed(0)}${calls.length === 0 ? '' : `; ${calls.at(-1)!}`}`,
    };
  };
  return [
    `${title}, milliseconds from the press to painted, median (95%) of ${times.length}:`,
    ...names
      .map((name) =>
        line(
          name,
          times.filter((each) => each.name === name),
        ),
      )
      .sort((a, b) => b.worst - a.worst)
      .map(({ text }) => `  ${text}`),
    `  ${line('all', times).text}`,
  ].join('\n');
}
