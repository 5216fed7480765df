import { FEATURE_COUNT, noHistory, writeFeatures } from './features.ts';
import type { HistorySummary, SupportAnswer, Target } from './features.ts';
import type { Spread } from './standing.ts';

/** Reads the features of a student's questions: once for all members of an ensemble. The arrays are written over by the next reading. */
export class FeatureReader {
  private readonly features = new Float64Array(FEATURE_COUNT);
  private history: HistorySummary | undefined;
  private target: Target | undefined;
  private answers: readonly SupportAnswer[] | undefined;
  private support = new Float64Array(0);

  /** Of a question after a history, [F]. */
  of(history: HistorySummary, target: Target): Float64Array {
    if (this.history === history && this.target === target) return this.features;
    writeFeatures(this.features, 0, history, target);
    this.history = history;
    this.target = target;
    return this.features;
  }

  /** Of the answers as they were before the first of them, [k, F]. */
  beforeFirst(answers: readonly SupportAnswer[], spread: Spread): Float64Array {
    if (this.answers === answers) return this.support;
    const before = noHistory(spread);
    this.support = new Float64Array(answers.length * FEATURE_COUNT);
    for (let row = 0; row < answers.length; row++) writeFeatures(this.support, row * FEATURE_COUNT, before, answers[row]!, row);
    this.answers = answers;
    return this.support;
  }
}
