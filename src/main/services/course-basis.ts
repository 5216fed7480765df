import type { ImportStep } from './ports.ts';

/** Which answers a course's difficulties rest on: those that imports up to this number brought. */
export interface CourseBasis {
  readonly upTo: number;
  /** The same as long as those answers are. */
  readonly key: string;
}

/** With fewer answers every one counts at once: reckoning the difficulties anew takes no time. */
const FEW_ANSWERS = 20_000;
/** With more, typed-in answers count once so many have come together: this share of what files brought, and at least this number. */
const BLOCK_SHARE = 0.01;
const SMALLEST_BLOCK = 200;

/**
 * A file's answers move the difficulties at once. Answers typed in for one student do so only together with others: they hardly move what
 * thousands say, and that student is left out of their own difficulties anyway. So typing answers in costs what it changes, and the
 * difficulties follow from what the gradebook holds, not from when it was looked at.
 */
export function courseBasis(steps: readonly ImportStep[]): CourseBasis {
  const lastFile = steps.findLast(({ typed }) => !typed)?.number ?? 0;
  let fromFiles = 0;
  let all = 0;
  for (const { number, answers, undone } of steps) {
    if (undone) continue;
    all += answers;
    if (number <= lastFile) fromFiles += answers;
  }
  let upTo = steps.at(-1)?.number ?? 0;
  if (all > FEW_ANSWERS) {
    const block = Math.max(SMALLEST_BLOCK, Math.floor(fromFiles * BLOCK_SHARE));
    upTo = lastFile;
    let typedIn = 0;
    for (const { number, answers, undone } of steps) {
      if (number <= lastFile || undone) continue;
      const before = Math.floor(typedIn / block);
      typedIn += answers;
      if (Math.floor(typedIn / block) > before) upTo = number;
    }
  }
  const taken = steps.filter(({ number, undone }) => undone && number <= upTo).map(({ number }) => number);
  return { upTo, key: `${upTo}-${taken.join('.')}` };
}
