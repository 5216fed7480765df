import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from '../main/services/csv.ts';
import { readModel, writeModel } from '../main/services/model-store.ts';
import { trainInProcess } from '../main/trainer/client.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import { bestBaseline } from '../learning/evaluation/report.ts';
import { findLearner } from '../learning/meta/learner.ts';
import type { StudentModelName } from '../learning/meta/school-members.ts';
import { toResponseTable } from '../learning/responses.ts';
import { createStudentModel } from '../learning/student-model/student-model.ts';
import { starterOf } from '../learning/trained-model.ts';
import { tellRefused, wishedBackend } from './backend-option.ts';
import { resolveTyped, resources } from './paths.ts';
import { skillsOf } from './planning-source.ts';
import { createProgressLine } from './progress.ts';
import { readCourseMap, readQuestions, readResponses } from './read-responses.ts';

export interface TrainOptions {
  readonly responses: readonly string[];
  readonly model: string;
  readonly learner: string;
  readonly studentModel: StudentModelName;
  readonly beta: number;
  readonly seed: number;
  readonly dkt?: boolean;
  readonly backend?: string;
  readonly skills?: string;
  readonly prerequisites?: string;
}

export async function trainCommand(options: TrainOptions): Promise<void> {
  const learner = findLearner(options.learner).name;
  const wish = wishedBackend(options.backend);
  const sequences = await readResponses(options.responses);
  const courseMap = await readCourseMap(options.skills, options.prerequisites, skillsOf(sequences));
  const line = createProgressLine(() => Date.now());
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const starter = path.join(resources, 'starter');
  const model = await trainInProcess(
    forkTrainer,
    {
      table: toResponseTable(sequences),
      courseMap,
      learner,
      studentModel: options.studentModel,
      seed: options.seed,
      beta: options.beta,
      dkt: options.dkt,
      starter: existsSync(starter) ? starterOf(readModel(starter)) : undefined,
    },
    {
      signal: stop.signal,
      wish,
      onComputing: tellRefused,
      onProgress: ({ fraction, stage }) => line.show(fraction, stage),
    },
  ).finally(() => line.done());
  writeModel(resolveTyped(options.model), model, Date.now());
  const { provenance, metrics } = model;
  console.log(
    `Trained ${model.learner} on ${provenance.students} students, ${provenance.answers} answers (${model.backend}); kept step ${provenance.keptStep} of ${provenance.steps}.`,
  );
  const inTurn = provenance.crossValidatedStudents > 0;
  const five = metrics.report.points.find((point) => point.after === 5);
  const best = bestBaseline(metrics.report);
  const [ours, other] = [five?.figures[0], five?.figures.find(({ model: name }) => name === best)];
  if (five && ours?.auc && other)
    console.log(
      `After 5 answers, on ${five.students} students ${inTurn ? 'who were each forecast by a training without them' : 'held back'}: AUC ${ours.auc.toFixed(3)} (best baseline, ${other.model}: ${other.auc?.toFixed(3) ?? '–'}).`,
    );
  if (metrics.adopted)
    console.log(
      `${metrics.adopted.baseline} forecast ${inTurn ? 'them' : 'students held back'} better than the trained models: the forecasts use it.`,
    );
}

export interface PredictOptions {
  readonly model: string;
  readonly responses: string;
  readonly questions: string;
  readonly out: string;
}

export async function predictCommand(options: PredictOptions): Promise<void> {
  const model = createStudentModel(readModel(resolveTyped(options.model)));
  const known = new Map((await readResponses([options.responses])).map((sequence) => [sequence.student, sequence.responses]));
  const { header, questions } = readQuestions(options.questions);
  const states = new Map<string, ReturnType<typeof model.adapt>>();
  const rows = questions.map((asked) => {
    let state = states.get(asked.student);
    if (!state) states.set(asked.student, (state = model.adapt(known.get(asked.student) ?? [])));
    const probability = state.forecastQuestion(asked).value;
    return [...header.map((_, index) => asked.cells[index] ?? ''), probability.toFixed(6)];
  });
  writeFileSync(resolveTyped(options.out), stringify([[...header, 'probability'], ...rows]));
}
