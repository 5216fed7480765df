import path from 'node:path';
import type { Diagnostics, trainResult } from '../../shared/contract/model.ts';
import type { z } from 'zod';
import type { modelNote } from '../../shared/contract/students.ts';
import { bestBaseline } from '../../learning/evaluation/report.ts';
import type { TrainedMember } from '../../learning/members.ts';
import { SHORTEST_TASK } from '../../learning/meta/episodes.ts';
import { columnsToTable } from '../../learning/responses.ts';
import { MOST_ANSWERS, sampleStudents } from '../../learning/sample-students.ts';
import { PathlightError } from '../../shared/errors.ts';
import type { BackendWish, SpawnTrainer } from '../trainer/messages.ts';
import { starterOf } from '../../learning/trained-model.ts';
import { trainInProcess } from '../trainer/client.ts';
import type { RunningHooks } from './jobs.ts';
import { readModel, removeModel, writeModel } from './model-store.ts';
import type { StoredModel } from './model-store.ts';
import type { Clock, Gradebook, ModelRecord } from './ports.ts';

export type ModelNote = z.infer<typeof modelNote>;

/** The model that speaks: the school's own that is in use, or the shipped starter. */
export interface CurrentModel {
  readonly model: StoredModel;
  readonly note: ModelNote;
}

export interface Models {
  current(): CurrentModel;
  status(): { model: ModelNote; trainableStudents: number; answers: number; answersSince: number; editsSince: number };
  /** Of the model in use, or of one of the history. Failure: `no-such-model`. */
  diagnostics(modelId?: string | null): Diagnostics;
  /** A model of the history, null for the starter; undefined where its files are gone or an older Pathlight made it. */
  stored(modelId: string | null): StoredModel | undefined;
  train(hooks: RunningHooks, seed: number): Promise<z.infer<typeof trainResult>>;
}

/** Fields of the roster as it names them, each once. */
const profileFields = (columns: StoredModel['profile']): string[] => [
  ...new Set(columns.map(({ area, field }) => `${area}.${field}`)),
];

/** What forecasts are made of: all trained student models are one part to the teacher. */
function memberShares(members: readonly TrainedMember[]): Diagnostics['members'] {
  const shares = new Map<string, Diagnostics['members'][number]>();
  for (const member of members) {
    const kind = member.kind === 'closed' || member.kind === 'baseline' ? member.kind : 'trained';
    const baseline = member.kind === 'baseline' ? member.name : null;
    const key = baseline ?? kind;
    shares.set(key, { kind, baseline, share: (shares.get(key)?.share ?? 0) + member.weight });
  }
  return [...shares.values()].toSorted((a, b) => b.share - a.share);
}

export const noSuchModel = (modelId: string): PathlightError =>
  new PathlightError(
    'no-such-model',
    `There is no model "${modelId}" here, or its files are gone. The list of models names them.`,
    {
      model: modelId,
    },
  );

export function createModels(options: {
  readonly folder: string;
  readonly resources: string;
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly spawnTrainer: SpawnTrainer;
  /** Which tensor backend is to train; the fastest that works where left out. */
  readonly backendWish?: (() => BackendWish | undefined) | undefined;
}): Models {
  const { folder, resources, gradebook } = options;
  let loaded: { readonly id: string | null; readonly current: CurrentModel } | undefined;

  const starter = (): StoredModel => readModel(path.join(resources, 'starter'));

  /** A model that an older Pathlight made, or whose files a restored gradebook does not find, is as good as none: the starter speaks until the next training. */
  const readOwn = (record: ModelRecord): StoredModel | undefined => {
    try {
      return readModel(path.join(folder, record.folder));
    } catch (error) {
      if (error instanceof PathlightError && ['model-older', 'model-missing'].includes(error.code)) return undefined;
      throw error;
    }
  };

  /** The record of the model in use; undefined where the starter speaks. */
  const inUse = (): ModelRecord | undefined => {
    const use = gradebook.read.modelUses().at(-1);
    return gradebook.read.models().find(({ id, removedAt }) => id === use?.modelId && (removedAt ?? null) === null);
  };

  const noteOf = (record: ModelRecord | undefined, model: StoredModel): ModelNote => ({
    id: record?.id ?? null,
    kind: record ? 'own' : 'starter',
    trainedAt: record?.trainedAt ?? null,
    pastStudents: record ? model.provenance.students : 0,
  });

  const current = (): CurrentModel => {
    const record = inUse();
    const id = record?.id ?? null;
    if (loaded && loaded.id === id) return loaded.current;
    const own = record && readOwn(record);
    const model = own ?? starter();
    loaded = { id, current: { model, note: noteOf(own ? record : undefined, model) } };
    return loaded.current;
  };

  let last: { readonly id: string | null; readonly model: StoredModel | undefined } | undefined;
  const stored = (modelId: string | null): StoredModel | undefined => {
    const { model, note } = current();
    if (note.id === modelId) return model;
    if (last?.id === modelId) return last.model;
    const record = gradebook.read.models().find(({ id }) => id === modelId);
    const usable = record && (record.removedAt ?? null) === null ? readOwn(record) : undefined;
    last = { id: modelId, model: modelId === null ? starter() : usable };
    return last.model;
  };

  let counted: { readonly version: number; readonly students: number } | undefined;
  /** Students with enough answers; counted once for each version of the data. */
  const trainable = (): number => {
    const version = gradebook.read.dataVersion();
    if (counted?.version !== version) {
      let students = 0;
      for (const answers of gradebook.read.answerCounts().values()) if (answers >= SHORTEST_TASK) students++;
      counted = { version, students };
    }
    return counted.students;
  };

  return {
    current,
    stored,
    status() {
      const { note } = current();
      const answers = gradebook.read.counts().answers;
      const record = inUse();
      return {
        model: note,
        trainableStudents: trainable(),
        answers,
        answersSince: Math.max(0, answers - (record?.answers ?? 0)),
        editsSince: note.trainedAt === null ? 0 : gradebook.read.editsSince(note.trainedAt),
      };
    },
    diagnostics(modelId) {
      const speaking = current();
      const model = modelId === undefined ? speaking.model : stored(modelId);
      const record = gradebook.read.models().find(({ id }) => id === modelId);
      if (!model || (modelId !== undefined && modelId !== null && !record)) throw noSuchModel(modelId ?? 'starter');
      const note = modelId === undefined ? speaking.note : noteOf(record, model);
      const { students, heldBackStudents, crossValidatedStudents, answers, questions, skills } = model.provenance;
      return {
        model: note,
        learner: model.learner,
        backend: model.backend,
        seed: model.seed,
        provenance: {
          students,
          heldBackStudents,
          crossValidatedStudents,
          profileFields: profileFields(model.profile),
          answers,
          questions,
          skills,
        },
        trainingCurve: [...model.metrics.trainingCurve],
        report: structuredClone(model.metrics.report) as Diagnostics['report'],
        bestBaseline: bestBaseline(model.metrics.report) ?? null,
        adopted: model.metrics.adopted,
        members: memberShares(model.members),
        reliability: [...model.metrics.reliability],
        reliabilityAfter: model.metrics.reliabilityAfter,
      };
    },
    async train(hooks, seed) {
      const { answers } = gradebook.read.counts();
      const counts = gradebook.read.answerCounts();
      const chosen = sampleStudents(counts, MOST_ANSWERS) ?? counts;
      const table = columnsToTable(gradebook.read.columns({ wanted: (student) => chosen.has(student) }));
      const profiles = gradebook.read.profiles();
      const wish = options.backendWish?.();
      const trained = await trainInProcess(
        options.spawnTrainer,
        {
          table,
          courseMap: gradebook.read.courseMap(),
          learner: 'maml',
          seed,
          starter: starterOf(starter()),
          profiles: table.students.map((student) => profiles.get(student)),
        },
        {
          signal: hooks.signal,
          wish,
          onProgress: (progress) => hooks.report(progress.fraction, progress.stage, progress.point),
        },
      );
      const modelId = options.newId();
      const relative = `models/${modelId}`;
      const at = options.clock();
      writeModel(path.join(folder, relative), trained, at);
      try {
        gradebook.recordModel({ id: modelId, trainedAt: at, learner: trained.learner, folder: relative, answers });
      } catch (error) {
        removeModel(path.join(folder, relative));
        throw error;
      }
      const replaced = wish && wish.backend !== trained.backend ? { chosen: wish.backend, used: trained.backend } : null;
      return { modelId, replaced };
    },
  };
}
