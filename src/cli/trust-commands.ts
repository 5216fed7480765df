import { randomUUID } from 'node:crypto';
import { createModels } from '../main/services/models.ts';
import type { Models } from '../main/services/models.ts';
import type { Gradebook, Importing } from '../main/services/ports.ts';
import { compareModels } from '../main/services/trust/compare-models.ts';
import { createFeedback } from '../main/services/trust/feedback.ts';
import { createModelHistory } from '../main/services/trust/history.ts';
import type { ModelHistoryService } from '../main/services/trust/history.ts';
import { recordForecasts } from '../main/services/trust/prequential.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import type { HistoryModel } from '../shared/contract/trust.ts';
import { describeFeedback } from './describe-feedback.ts';
import { withGradebook } from './gradebook-commands.ts';
import { resolveTyped, resources } from './paths.ts';

interface Data {
  readonly data: string;
}
interface Printed extends Data {
  readonly json?: boolean;
}

const STARTER = 'starter';
export const idOf = (typed: string): string | null => (typed === STARTER ? null : typed);
const clock = (): number => Date.now();

export function withModels<Result>(
  { data }: Data,
  work: (found: {
    readonly gradebook: Gradebook;
    readonly importing: Importing;
    readonly models: Models;
    readonly history: ModelHistoryService;
  }) => Promise<Result> | Result,
): Promise<Result> {
  return withGradebook(data, async (gradebook, importing) => {
    const folder = resolveTyped(data);
    const models = createModels({ folder, resources, gradebook, clock, newId: randomUUID, spawnTrainer: forkTrainer });
    const history = createModelHistory({
      folder,
      resources,
      gradebook,
      models,
      clock,
      newId: randomUUID,
      beforeRemoval: () => recordForecasts({ gradebook, models, clock }),
    });
    return work({ gradebook, importing, models, history });
  });
}

export const feedbackCommand = (options: Printed): Promise<void> =>
  withModels(options, async ({ gradebook, models }) => {
    const feedback = await createFeedback({ gradebook, models, clock }).get();
    if (options.json) console.log(JSON.stringify(feedback, undefined, 1));
    else for (const line of describeFeedback(feedback)) console.log(line);
  });

function describeModel({ id, inUse, unusable, trainedAt, learner, students, answers, judged, bytes }: HistoryModel): string {
  const auc = judged === null || judged.auc === null ? '' : `, AUC ${judged.auc.toFixed(3)} after ${judged.after} answers`;
  const what =
    id === null
      ? 'the shipped starter'
      : unusable
        ? `cannot be used (${unusable})`
        : `trained ${new Date(trainedAt ?? 0).toISOString()} by ${learner} on ${students} students, ${answers} answers${auc}`;
  return `${inUse ? '* ' : '  '}${id ?? STARTER}  ${what}, ${(bytes / 1024).toFixed(0)} KB`;
}

export const listModelsCommand = (options: Printed): Promise<void> =>
  withModels(options, ({ history }) => {
    const found = history.list();
    if (options.json) console.log(JSON.stringify(found, undefined, 1));
    else for (const model of found.models) console.log(describeModel(model));
  });

/** @throws PathlightError `no-such-model` */
export const useModelCommand = (model: string, options: Data): Promise<void> =>
  withModels(options, ({ history }) => {
    history.use(idOf(model));
    console.log(`In use: ${model}.`);
  });

/** @throws PathlightError `no-such-model`, `model-in-use` */
export const removeModelCommand = (model: string, options: Data): Promise<void> =>
  withModels(options, async ({ history }) => {
    await history.remove(model);
    console.log(`Deleted: ${model}. What it forecast and planned is kept.`);
  });

export const addModelCommand = (folder: string, options: Data): Promise<void> =>
  withModels(options, ({ history }) => {
    console.log(`In use: ${history.add(resolveTyped(folder))}.`);
  });

/** @throws PathlightError `no-such-model` */
export const compareModelsCommand = (first: string, second: string, options: Printed): Promise<void> =>
  withModels(options, async ({ gradebook, models }) => {
    const result = await compareModels({ read: gradebook.read, models, clock, first: idOf(first), second: idOf(second) });
    if (options.json) console.log(JSON.stringify(result ?? null, undefined, 1));
    else if (!result) console.log('No answers have come in since both were trained: there is nothing yet that neither has seen.');
    else {
      const { value, low, high } = result.difference;
      const verdict =
        low > 0 ? `${second} forecasts better` : high < 0 ? `${first} forecasts better` : 'no difference beyond chance';
      console.log(
        `On ${result.answers} answers of ${result.students} students that came after both: log-loss ${result.logLoss.first.toFixed(4)} against ${result.logLoss.second.toFixed(4)}, difference ${value.toFixed(4)} (95% ${low.toFixed(4)} to ${high.toFixed(4)}): ${verdict}.`,
      );
    }
  });
