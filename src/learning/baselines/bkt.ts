import type { Forecaster } from '../evaluation/protocol.ts';
import type { ResponseTable } from '../responses.ts';
import type { Baseline, BaselineTask } from './baseline.ts';

/** Bayesian knowledge tracing of one skill (Corbett & Anderson 1995): a hidden known/unknown state. */
export interface BktParameters {
  /** P(known before the first answer), P(unknown → known) at each answer. */
  readonly known: number;
  readonly learn: number;
  readonly guess: number;
  readonly slip: number;
}

const START: BktParameters = { known: 0.4, learn: 0.1, guess: 0.25, slip: 0.1 };
/** Bounds against the degenerate solutions in which knowing makes wrong (Baker, Corbett & Aleven 2008). */
const MOST_GUESS = 0.45;
const MOST_SLIP = 0.3;
const ROUNDS = 25;
/** Sequences that the course's parameters count for in each skill's. */
const PRIOR_SEQUENCES = 5;

const clampShare = (value: number, most: number): number => Math.min(most, Math.max(0.01, value));

/** P(known) before the answer after `answers`. */
export function knownAfter(parameters: BktParameters, answers: readonly number[]): number {
  const { learn, guess, slip } = parameters;
  let known = parameters.known;
  for (const right of answers) {
    const ifRight = (known * (1 - slip)) / (known * (1 - slip) + (1 - known) * guess);
    const ifWrong = (known * slip) / (known * slip + (1 - known) * (1 - guess));
    // Partial credit is evidence of both kinds, by its share.
    const after = right * ifRight + (1 - right) * ifWrong;
    known = after + (1 - after) * learn;
  }
  return known;
}

interface Counts {
  known: number;
  sequences: number;
  learned: number;
  chances: number;
  guessed: number;
  unknown: number;
  slipped: number;
  knew: number;
}

/** Expected counts of one sequence by the forward–backward recursion (Baum et al. 1970). */
function expect(parameters: BktParameters, answers: readonly number[], counts: Counts): void {
  const { learn, guess, slip } = parameters;
  const length = answers.length;
  const likelihood = (state: 0 | 1, right: number): number => {
    const p = state === 1 ? 1 - slip : guess;
    return right * p + (1 - right) * (1 - p);
  };
  const forward: [number, number][] = [];
  for (let t = 0; t < length; t++) {
    const before: [number, number] =
      t === 0
        ? [1 - parameters.known, parameters.known]
        : [forward[t - 1]![0] * (1 - learn), forward[t - 1]![1] + forward[t - 1]![0] * learn];
    const joint: [number, number] = [before[0] * likelihood(0, answers[t]!), before[1] * likelihood(1, answers[t]!)];
    const total = joint[0] + joint[1];
    forward.push([joint[0] / total, joint[1] / total]);
  }
  let backward: [number, number] = [1, 1];
  for (let t = length - 1; t >= 0; t--) {
    const unknown = forward[t]![0] * backward[0];
    const known = forward[t]![1] * backward[1];
    const share = known / (known + unknown);
    counts.knew += share;
    counts.slipped += share * (1 - answers[t]!);
    counts.unknown += 1 - share;
    counts.guessed += (1 - share) * answers[t]!;
    if (t === 0) {
      counts.known += share;
      counts.sequences++;
      break;
    }
    const stay = forward[t - 1]![0] * (1 - learn) * likelihood(0, answers[t]!) * backward[0];
    const moved = forward[t - 1]![0] * learn * likelihood(1, answers[t]!) * backward[1];
    const kept = forward[t - 1]![1] * likelihood(1, answers[t]!) * backward[1];
    const total = stay + moved + kept;
    counts.learned += moved / total;
    counts.chances += (stay + moved) / total;
    const next0 = (1 - learn) * likelihood(0, answers[t]!) * backward[0] + learn * likelihood(1, answers[t]!) * backward[1];
    const next1 = likelihood(1, answers[t]!) * backward[1];
    const scale = next0 + next1;
    backward = [next0 / scale, next1 / scale];
  }
}

/** Expectation–maximisation; with a prior, the prior counts for five sequences. */
export function fitBkt(sequences: readonly (readonly number[])[], prior?: BktParameters): BktParameters {
  let parameters = prior ?? START;
  const held = prior ? PRIOR_SEQUENCES : 0;
  const p = prior ?? START;
  for (let round = 0; round < ROUNDS; round++) {
    const counts: Counts = { known: 0, sequences: 0, learned: 0, chances: 0, guessed: 0, unknown: 0, slipped: 0, knew: 0 };
    for (const answers of sequences) if (answers.length > 0) expect(parameters, answers, counts);
    const share = (value: number, of: number, before: number): number =>
      of + held > 0 ? (value + held * before) / (of + held) : before;
    parameters = {
      known: clampShare(share(counts.known, counts.sequences, p.known), 0.99),
      learn: clampShare(share(counts.learned, counts.chances, p.learn), 0.6),
      guess: clampShare(share(counts.guessed, counts.unknown, p.guess), MOST_GUESS),
      slip: clampShare(share(counts.slipped, counts.knew, p.slip), MOST_SLIP),
    };
  }
  return parameters;
}

/** One hidden state for each skill set; forecasts know the skill, not the question. */
export function trainBkt({ table, fit }: BaselineTask): Baseline {
  const bySet = new Map<number, number[][]>();
  const all: number[][] = [];
  for (const student of fit)
    for (const [set, answers] of answersBySet(table, rowsBetween(table.start[student]!, table.start[student + 1]!))) {
      all.push(answers);
      const sequences = bySet.get(set);
      if (sequences) sequences.push(answers);
      else bySet.set(set, [answers]);
    }
  // The course's own values from a part of the sequences are as good as from all.
  const stride = Math.max(1, Math.floor(all.length / 4000));
  const course = fitBkt(all.filter((_, index) => index % stride === 0));
  const bySetParameters = new Float32Array((table.skillSets.length + 1) * BKT_WIDTH);
  for (let set = 0; set <= table.skillSets.length; set++) {
    const sequences = bySet.get(set);
    const { known, learn, guess, slip } = sequences ? fitBkt(sequences, course) : course;
    bySetParameters.set([known, learn, guess, slip], set * BKT_WIDTH);
  }
  return bktBaseline(bySetParameters);
}

const BKT_WIDTH = 4;

/** @param bySet [skill sets + 1, 4], known, learn, guess and slip; the last row is for what was never seen */
export function bktBaseline(bySet: Float32Array): Baseline {
  const last = bySet.length / BKT_WIDTH - 1;
  const all = Array.from({ length: last + 1 }, (_, set): BktParameters => {
    const [known, learn, guess, slip] = bySet.subarray(set * BKT_WIDTH);
    return { known: known!, learn: learn!, guess: guess!, slip: slip! };
  });
  return {
    name: 'bkt',
    parameters: { bySet },
    settings: {},
    forecaster:
      (asked): Forecaster =>
      (_student, support, query) => {
        const seen = answersBySet(asked, support);
        return Float64Array.from(query, (row) => {
          const set = asked.skillSet[row]!;
          const parameters = all[Math.min(last, set)]!;
          const known = knownAfter(parameters, seen.get(set) ?? []);
          return known * (1 - parameters.slip) + (1 - known) * parameters.guess;
        });
      },
  };
}

const rowsBetween = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

function answersBySet(table: ResponseTable, rows: readonly number[]): Map<number, number[]> {
  const result = new Map<number, number[]>();
  for (const row of rows) {
    const list = result.get(table.skillSet[row]!);
    if (list) list.push(table.correct[row]!);
    else result.set(table.skillSet[row]!, [table.correct[row]!]);
  }
  return result;
}
