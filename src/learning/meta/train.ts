import type { CourseMap } from '../../shared/domain.ts';
import { CancelledError, PathlightError } from '../../shared/errors.ts';
import { BASELINE_NAME, modelForecaster, shrunkIrtForecaster } from '../evaluation/forecasters.ts';
import { reliability } from '../evaluation/metrics.ts';
import { compare, forecastWindows } from '../evaluation/protocol.ts';
import { crossEntropy } from '../numeric.ts';
import { createRandom, hashText } from '../random.ts';
import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { adaptAnswers, forecastLogit } from '../student-model/adaptation.ts';
import { copyParameters, DEFAULT_SHAPE, initialFactors, initialParameters } from '../student-model/parameters.ts';
import type { ModelParameters, ModelShape, SharedParameters } from '../student-model/parameters.ts';
import { fitPractice } from '../student-model/practice.ts';
import { chooseStrengths, collectStatistics, difficultyColumns } from '../student-model/statistics.ts';
import type { ShrinkageStrengths } from '../student-model/statistics.ts';
import { prerequisiteIndex, questionSets } from '../trained-model.ts';
import type { ModelMetrics, TrainedModel, TrainingCurvePoint } from '../trained-model.ts';
import { createEpisode, drawBatch, LONG_BATCH, SHORT_BATCH, SHORTEST_TASK, supportAnswer } from './episodes.ts';
import type { Episode } from './episodes.ts';
import type { MetaLearner } from './learner.ts';
import type { MetaBatch, MetaGradients } from './meta-loss.ts';
import { AdamW, clipGradients } from './optimiser.ts';

export interface TrainingProgress {
  readonly stage: 'preparing' | 'meta-training' | 'judging';
  /** 0 to 1 over the whole training. */
  readonly fraction: number;
  readonly point?: TrainingCurvePoint;
}

export interface TrainingTask {
  readonly table: ResponseTable;
  readonly courseMap: CourseMap;
  readonly learner: MetaLearner;
  readonly seed: number;
  readonly backend: string;
  /** Parameters to start from; without them, from scratch. */
  readonly starter?: { readonly shape: ModelShape; readonly parameters: SharedParameters } | undefined;
  readonly steps?: number;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Asked between steps; true stops with CancelledError. May wait, so that messages get in. */
  readonly shouldStop?: () => boolean | Promise<boolean>;
}

const PEAK_RATE = 2e-3;
const CHECK_EVERY = 100;
const DEFAULT_STEPS = 1200;
const HELD_BACK_SHARE = 0.15;
/** Below this number of students nobody is held back: every answer is needed. */
const FEWEST_TO_HOLD_BACK = 20;

/** One optimisation of shared parameters and skill factors over episodes, with cosine decay. Used for school models and the starter alike. */
export async function optimise(options: {
  readonly parameters: ModelParameters;
  readonly shape: ModelShape;
  readonly learner: MetaLearner;
  readonly steps: number;
  readonly peakRate: number;
  readonly random: Random;
  readonly nextEpisode: () => Episode;
  readonly afterStep: (step: number, gradients: MetaGradients) => void | Promise<void>;
}): Promise<void> {
  const { parameters, shape, learner, steps, random } = options;
  const optimiser = new AdamW();
  const decay = { weight1: 0.02, weight2: 0.02, weight3: 0.02, skillFactors: 0.05 };
  for (let step = 0; step < steps; step++) {
    const episode = options.nextEpisode();
    const batch = drawBatch(episode, parameters, shape, random.uniform() < 0.12 ? LONG_BATCH : SHORT_BATCH, random);
    const gradients = await learner.gradients(parameters, shape, batch);
    if (!Number.isFinite(gradients.loss))
      throw new PathlightError('training-diverged', 'Training stopped: the loss is not a number any more. Nothing was changed.');
    const all: Record<string, Float32Array | Float64Array> = { ...gradients.shared };
    if (episode.factorOffset >= 0) all['skillFactors'] = factorGradient(parameters, shape, episode, batch, gradients);
    clipGradients(all, 1);
    const rate = options.peakRate * Math.min(1, (step + 1) / 50) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
    optimiser.update(parameters as unknown as Record<string, Float32Array>, all, rate, decay);
    await options.afterStep(step, gradients);
  }
}

function factorGradient(
  parameters: ModelParameters,
  shape: ModelShape,
  episode: Episode,
  batch: MetaBatch,
  gradients: MetaGradients,
): Float64Array {
  const result = new Float64Array(parameters.skillFactors.length);
  for (const [rows, byRow] of [
    [batch.support, gradients.supportFactors],
    [batch.query, gradients.queryFactors],
  ] as const) {
    rows.skillSet.forEach((set, row) => {
      if (set < 0) return;
      const skills = episode.table.skillSets[set]!;
      for (const skill of skills)
        for (let factor = 0; factor < shape.factors; factor++)
          result[(episode.factorOffset + skill) * shape.factors + factor]! +=
            byRow[row * shape.factors + factor]! / skills.length;
    });
  }
  return result;
}

/** Is this student held back from training, to judge it by? Decided by the id alone, so that it stays the same as a class grows. */
const isHeldBack = (student: string, seed: number): boolean => hashText(`${seed}:${student}`) / 4294967296 < HELD_BACK_SHARE;

/**
 * Meta-trains on past students: difficulties in closed form, then the shared parameters and the course's skill factors by the given
 * learner, kept from the step that forecasts held-back students best. Difficulties and practice effects of the result rest on all students.
 * @throws PathlightError `too-few-students` where fewer than two students have five answers; CancelledError
 */
export async function trainModel(task: TrainingTask): Promise<TrainedModel> {
  const { table, learner, seed } = task;
  const random = createRandom(seed);
  const shape = task.starter?.shape ?? DEFAULT_SHAPE;
  const lengths = table.students.map((_, student) => table.start[student + 1]! - table.start[student]!);
  const trainable = lengths.filter((length) => length >= SHORTEST_TASK).length;
  if (trainable < 2)
    throw new PathlightError(
      'too-few-students',
      `Meta-training needs at least 2 students with ${SHORTEST_TASK} or more answers; there are ${trainable}. Import more answers.`,
      {
        students: trainable,
        answers: SHORTEST_TASK,
      },
    );
  const check = async (): Promise<void> => {
    if (await task.shouldStop?.()) throw new CancelledError();
  };
  task.onProgress?.({ stage: 'preparing', fraction: 0 });
  const heldBack = table.students.map(
    (student, index) => trainable >= FEWEST_TO_HOLD_BACK && lengths[index]! >= SHORTEST_TASK && isHeldBack(student, seed),
  );
  const kept = (student: number): boolean => !heldBack[student]!;
  const statistics = collectStatistics(table, kept);
  const strengths = chooseStrengths(table, statistics, kept);
  const whole = createEpisode(table, kept, kept, 0, strengths);
  const judge = createJudge(table, whole, heldBack);
  const parts =
    trainable >= 100
      ? [0.5, 0.5, 0.2, 0.2].map((share, index) => partialEpisode(table, kept, share, seed + index, strengths))
      : [];
  const parameters = initialParameters(shape, table.skills.length, random);
  if (task.starter)
    Object.assign(parameters, copyParameters(task.starter.parameters as ModelParameters), {
      skillFactors: initialFactors(table.skills.length, shape.factors, random),
    });

  const steps = task.steps ?? Math.round(DEFAULT_STEPS * Math.min(1, Math.max(0.15, trainable / 400)));
  const curve: TrainingCurvePoint[] = [];
  let best = { step: 0, loss: judge.loss(parameters, shape), parameters: copyParameters(parameters) };
  let running = 0;
  await check();
  await optimise({
    parameters,
    shape,
    learner,
    steps,
    peakRate: task.starter ? PEAK_RATE * 0.75 : PEAK_RATE,
    random,
    nextEpisode: () => (parts.length > 0 && random.uniform() < 0.25 ? random.choice(parts) : whole),
    afterStep: async (step, gradients) => {
      running = step === 0 ? gradients.queryLoss : running + 0.05 * (gradients.queryLoss - running);
      const fraction = 0.05 + (0.87 * (step + 1)) / steps;
      if ((step + 1) % CHECK_EVERY === 0 || step + 1 === steps) {
        const loss = judge.loss(parameters, shape);
        const point = { step: step + 1, loss: running, heldBackLoss: loss };
        curve.push(point);
        if (loss === null || best.loss === null || loss < best.loss)
          best = { step: step + 1, loss, parameters: copyParameters(parameters) };
        task.onProgress?.({ stage: 'meta-training', fraction, point });
      } else if ((step + 1) % 10 === 0) task.onProgress?.({ stage: 'meta-training', fraction });
      await check();
    },
  });
  task.onProgress?.({ stage: 'judging', fraction: 0.93 });
  const metrics = judge.metrics(best.parameters, shape, random, curve);
  await check();
  const everyone = collectStatistics(table);
  const everyStrengths = heldBack.some(Boolean) ? chooseStrengths(table, everyone, () => true) : strengths;
  const difficulty = difficultyColumns(table, everyone, everyStrengths, () => true);
  const prerequisites = prerequisiteIndex(task.courseMap, table.skills);
  task.onProgress?.({ stage: 'judging', fraction: 0.98 });
  return {
    learner: learner.name,
    seed,
    backend: task.backend,
    shape,
    vocabulary: {
      questions: table.questions,
      skills: table.skills,
      skillSets: table.skillSets,
      questionSet: questionSets(table),
    },
    courseMap: task.courseMap,
    parameters: best.parameters,
    statistics: everyone,
    strengths: everyStrengths,
    practice: fitPractice(table, difficulty, prerequisites),
    provenance: {
      students: table.students.length,
      heldBackStudents: heldBack.filter(Boolean).length,
      answers: table.question.length,
      questions: table.questions.length,
      skills: table.skills.length,
      start: task.starter ? 'starter' : 'scratch',
      steps,
      keptStep: best.step,
    },
    metrics,
  };
}

/** Difficulties from a random part of the students only: teaches how far to trust a difficulty that rests on few answers. */
function partialEpisode(
  table: ResponseTable,
  kept: (student: number) => boolean,
  share: number,
  seed: number,
  strengths: ShrinkageStrengths,
): Episode {
  const random = createRandom(seed + 7919);
  const known = table.students.map((_, student) => kept(student) && random.uniform() < share);
  return createEpisode(table, (student) => known[student]!, kept, 0, strengths);
}

interface Judge {
  /** Mean log-loss of held-back students' next answers after a few; null where nobody is held back. */
  loss(parameters: ModelParameters, shape: ModelShape): number | null;
  metrics(parameters: ModelParameters, shape: ModelShape, random: Random, curve: readonly TrainingCurvePoint[]): ModelMetrics;
}

function createJudge(table: ResponseTable, episode: Episode, heldBack: readonly boolean[]): Judge {
  const students = table.students.map((_, student) => student).filter((student) => heldBack[student]!);
  const { difficulty } = episode;
  return {
    loss(parameters, shape) {
      let sum = 0;
      let count = 0;
      for (const student of students) {
        const begin = table.start[student]!;
        const length = table.start[student + 1]! - begin;
        for (const after of [0, 2, 5, 15]) {
          if (after >= length) continue;
          const answers = Array.from({ length: after }, (_, index) => supportAnswer(table, difficulty, begin + index));
          const adapted = adaptAnswers(parameters, shape, answers);
          for (let row = begin + after; row < begin + Math.min(length, after + 15); row++) {
            sum += crossEntropy(
              forecastLogit(parameters, shape, adapted, supportAnswer(table, difficulty, row)),
              table.correct[row]!,
            );
            count++;
          }
        }
      }
      return count > 0 ? sum / count : null;
    },
    metrics(parameters, shape, random, trainingCurve) {
      const model = forecastWindows(table, students, modelForecaster(parameters, shape, table, difficulty));
      const baseline = forecastWindows(table, students, shrunkIrtForecaster(table, difficulty));
      const shown = model.filter((point) => point.window === (model.some((each) => each.window === 'fixed') ? 'fixed' : 'next'));
      const at = shown.findLast((point) => point.after <= 5);
      return {
        trainingCurve,
        accuracy: compare(model, baseline, random),
        baseline: BASELINE_NAME,
        reliability: at ? reliability(at.judged, Math.max(3, Math.min(15, Math.floor(at.judged.student.length / 30)))) : [],
        reliabilityAfter: at?.after ?? null,
      };
    },
  };
}
