import type { CourseKnowledge } from '../student-model/course.ts';
import type { Baseline, BaselineName, StoredBaseline, StoredBaselineName } from './baseline.ts';
import { bktBaseline } from './bkt.ts';
import { questionMean, shrunkIrt } from './closed-form.ts';
import { dktBaseline } from './dkt.ts';
import type { DktParameters } from './dkt-network.ts';
import { irtBaseline } from './irt.ts';
import type { IrtParameters } from './irt.ts';
import { logisticBaseline } from './logistic.ts';
import type { LogisticParameters } from './logistic.ts';

/** In every report: shrunk IRT first, as the one that has always been reported. */
const ORDER: readonly BaselineName[] = ['shrunk-irt', 'irt', 'question-mean', 'best-lr', 'pfa', 'bkt', 'dkt'];

/** All baselines of a course: those that follow from what is known of its questions, and those with parameters of their own. */
export const allBaselines = (course: CourseKnowledge, own: readonly Baseline[]): Baseline[] =>
  [questionMean(course), shrunkIrt(course), ...own].toSorted((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));

/** Those that a model file keeps: the others follow from the course. */
export const storedBaselines = (baselines: readonly Baseline[]): StoredBaseline[] =>
  baselines.flatMap(({ name, parameters }) =>
    Object.keys(parameters).length > 0 ? [{ name: name as StoredBaselineName, parameters }] : [],
  );

/** A baseline from what a model file keeps of it. */
export function restoreBaseline({ name, parameters }: StoredBaseline): Baseline {
  switch (name) {
    case 'irt':
      return irtBaseline(parameters as IrtParameters);
    case 'pfa':
    case 'best-lr':
      return logisticBaseline(name, parameters as LogisticParameters);
    case 'bkt':
      return bktBaseline(parameters['bySet']!);
    case 'dkt':
      return dktBaseline(parameters as DktParameters);
  }
}
