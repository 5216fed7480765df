import type { Baseline, BaselineName, BaselineTask } from './baseline.ts';
import { trainBkt } from './bkt.ts';
import { trainQuestionMean, trainShrunkIrt } from './closed-form.ts';
import { trainDkt } from './dkt.ts';
import { trainIrt } from './irt.ts';
import { trainLogistic } from './logistic.ts';

/** Fits one baseline to past students. Reproducible: the same seed gives the same forecasts. */
export async function trainBaseline(name: BaselineName, task: BaselineTask): Promise<Baseline> {
  switch (name) {
    case 'question-mean':
      return trainQuestionMean(task);
    case 'irt':
      return trainIrt(task);
    case 'shrunk-irt':
      return trainShrunkIrt(task);
    case 'pfa':
    case 'best-lr':
      return trainLogistic(name, task);
    case 'bkt':
      return trainBkt(task);
    case 'dkt':
      return trainDkt(task);
  }
}
