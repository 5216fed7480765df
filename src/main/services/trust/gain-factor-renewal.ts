import { estimateGainFactor, restsOnEnough } from '../../../learning/planning/gain-factor.ts';
import type { GainFactor } from '../../../learning/planning/gain-factor.ts';
import type { Models } from '../models.ts';
import type { Clock, Gradebook } from '../ports.ts';
import { countPractised, practisedOf, readOutcomes } from './outcomes.ts';

/** A change that is not worth making every plan anew. */
const SMALL = 0.02;

/** The next plans multiply by it where it stands. */
export function keepGainFactor(gradebook: Gradebook, { stands, value, standardError }: GainFactor): void {
  const before = gradebook.read.gainFactor();
  if (gradebook.readOnly || (before === null && !stands)) return;
  if (before !== null && stands && Math.abs(before.value - value) < SMALL) return;
  gradebook.setGainFactor(stands ? { value, standardError } : null);
}

export interface GainFactorRenewal {
  /** Called after anything was written: answers may have come in. Does its work later, letting other work in. */
  soon(): void;
  /** Resolves when no work is left. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps the gain factor up with the answers. Nothing is fitted before enough answers have come in on steps of plans for a factor to stand, and nothing is looked at
 * twice: until then an import costs the reading of the plans' students.
 */
export function createGainFactorRenewal(options: {
  readonly gradebook: Gradebook;
  readonly models: Pick<Models, 'stored'>;
  readonly clock: Clock;
  /** Called where plans follow another factor now. */
  readonly onChanged: () => void;
}): GainFactorRenewal {
  const { gradebook, models, clock } = options;
  const { read } = gradebook;
  const stop = new AbortController();
  let seen: string | undefined;
  let running: Promise<void> | undefined;

  /** Changes with every import of answers and its undoing. */
  const answersNow = (): string => {
    const steps = read.importSteps();
    const standing = steps.filter(({ undone }) => !undone);
    return `${steps.length}:${standing.length}:${standing.reduce((sum, { answers }) => sum + answers, 0)}`;
  };

  const work = async (): Promise<void> => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (stop.signal.aborted) return;
      const now = answersNow();
      if (now === seen) return;
      seen = now;
      const { answers, students } = countPractised(read);
      if (!restsOnEnough(answers, students) && read.gainFactor() === null) continue;
      const before = read.gainFactor()?.value;
      keepGainFactor(
        gradebook,
        estimateGainFactor(practisedOf(await readOutcomes({ read, models, clock, signal: stop.signal }))),
      );
      if (read.gainFactor()?.value !== before) options.onChanged();
    }
  };

  return {
    soon() {
      if (gradebook.readOnly || stop.signal.aborted) return;
      // What went wrong here goes wrong where somebody sees it: on the screen that shows the factor.
      running ??= work()
        .catch(() => undefined)
        .finally(() => {
          running = undefined;
        });
    },
    settled: () => running ?? Promise.resolve(),
    async close() {
      stop.abort();
      await running;
    },
  };
}
