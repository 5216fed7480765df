import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { HistoryModel, ModelHistory } from '../../../shared/contract/trust.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { readModel, removeModel, writeModel } from '../model-store.ts';
import type { StoredModel } from '../model-store.ts';
import { noSuchModel } from '../models.ts';
import type { Models } from '../models.ts';
import type { Clock, Gradebook, ModelRecord } from '../ports.ts';
import { judgedFigures } from './judged-figures.ts';

export interface ModelHistoryService {
  list(): ModelHistory;
  /** @throws PathlightError `no-such-model` where it is unknown or cannot be used */
  use(modelId: string | null): void;
  /**
   * What it forecast and planned is kept.
   * @throws PathlightError `no-such-model`, `model-in-use`
   */
  remove(modelId: string): Promise<void>;
  /**
   * Takes a model that the command line trained, or another Pathlight, into the history and into use.
   * @param folder with model.json and weights.bin
   * @returns its id
   * @throws PathlightError as `readModel`
   */
  add(folder: string): string;
}

const UNUSABLE: Readonly<Record<string, HistoryModel['unusable']>> = {
  'model-missing': 'missing',
  'model-older': 'older',
  'model-newer': 'older',
  'model-damaged': 'damaged',
};

function bytesIn(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, file) => sum + (statSync(path.join(folder, file)).size || 0), 0);
  } catch {
    // Gone: it takes no room.
    return 0;
  }
}

function judgedOf(model: StoredModel): HistoryModel['judged'] {
  const judged = judgedFigures(model, model.metrics.report.means[0]?.window ?? 'next');
  if (judged === null) return null;
  const { after, students, own } = judged;
  return { after, students, auc: own.auc, logLoss: own.logLoss, ece: own.ece };
}

export function createModelHistory(options: {
  readonly folder: string;
  readonly resources: string;
  readonly gradebook: Gradebook;
  readonly models: Models;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Keeps what a model forecast while it can still be asked. */
  readonly beforeRemoval: () => Promise<void>;
}): ModelHistoryService {
  const { folder, gradebook, models, clock } = options;
  const looked = new Map<string, Omit<HistoryModel, 'inUse' | 'bytes'>>();

  const describe = (record: ModelRecord): Omit<HistoryModel, 'inUse' | 'bytes'> => {
    const known = looked.get(record.id);
    if (known) return known;
    const { id, trainedAt, learner, answers } = record;
    const own = { id, kind: 'own', trainedAt, learner, students: 0, answers, questions: 0, judged: null } as const;
    try {
      const model = readModel(path.join(folder, record.folder));
      const { students, questions } = model.provenance;
      const described = {
        ...own,
        students,
        answers: model.provenance.answers,
        questions,
        judged: judgedOf(model),
        unusable: null,
      };
      looked.set(id, described);
      return described;
    } catch (error) {
      const unusable = error instanceof PathlightError ? UNUSABLE[error.code] : undefined;
      if (!unusable) throw error;
      return { ...own, unusable };
    }
  };

  const kept = (): readonly ModelRecord[] => gradebook.read.models().filter(({ removedAt }) => (removedAt ?? null) === null);

  const list = (): ModelHistory => {
    const inUse = models.current().note.id;
    const own = kept().map((record): HistoryModel => ({
      ...describe(record),
      inUse: record.id === inUse,
      bytes: bytesIn(path.join(folder, record.folder)),
    }));
    const starter: HistoryModel = {
      id: null,
      kind: 'starter',
      trainedAt: null,
      learner: models.stored(null)?.learner ?? '',
      inUse: inUse === null,
      unusable: null,
      students: 0,
      answers: 0,
      questions: 0,
      judged: null,
      bytes: bytesIn(path.join(options.resources, 'starter')),
    };
    return {
      models: [...own.toReversed(), starter],
      uses: gradebook.read
        .modelUses()
        .map(({ modelId, since, reason }) => ({ modelId, since, reason }))
        .toReversed(),
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  };

  return {
    list,
    use(modelId) {
      if (models.current().note.id === modelId) return;
      const record = kept().find(({ id }) => id === modelId);
      if (modelId !== null && (!record || describe(record).unusable !== null)) throw noSuchModel(modelId);
      gradebook.useModel(modelId, clock());
    },
    async remove(modelId) {
      const record = kept().find(({ id }) => id === modelId);
      if (!record) throw noSuchModel(modelId);
      if (gradebook.read.modelUses().at(-1)?.modelId === modelId)
        throw new PathlightError('model-in-use', 'This model is in use and cannot be deleted. Take another one into use first.', {
          model: modelId,
        });
      await options.beforeRemoval();
      gradebook.markModelRemoved(modelId, clock());
      removeModel(path.join(folder, record.folder));
      looked.delete(modelId);
    },
    add(from) {
      const model = readModel(from);
      const id = options.newId();
      const relative = `models/${id}`;
      const trainedAt = model.trainedAt ?? clock();
      writeModel(path.join(folder, relative), model, trainedAt);
      try {
        const { answers } = gradebook.read.counts();
        gradebook.recordModel({ id, trainedAt, learner: model.learner, folder: relative, answers }, 'added');
      } catch (error) {
        removeModel(path.join(folder, relative));
        throw error;
      }
      return id;
    },
  };
}
