import { clusteredVariance } from '../../../learning/feedback/drift.ts';
import { answerLoss } from '../../../learning/evaluation/metrics.ts';
import type { modelComparison } from '../../../shared/contract/trust.ts';
import type { z } from 'zod';
import { createBreather } from '../breather.ts';
import { noSuchModel } from '../models.ts';
import type { Models } from '../models.ts';
import type { Clock, GradebookReader } from '../ports.ts';
import { numbered } from './compare-forecasts.ts';
import { courseAsOf, followed, forecastsOf, keyOf, servesStill } from './prequential.ts';
import type { ThenCourse } from './prequential.ts';

export type ModelComparison = z.infer<typeof modelComparison>;

/** Newest imports that are looked at. */
const MOST_IMPORTS = 60;

/** The last import that a model may have learned from: the newest one when it came here; none for the starter. */
function sawUpTo(read: GradebookReader, modelId: string | null): number {
  if (modelId === null) return 0;
  const first = read.modelUses().find((use) => use.modelId === modelId);
  if (!first) throw noSuchModel(modelId);
  return first.afterImport;
}

/**
 * Two models on answers that neither has seen: those of imports that came in after both were trained, each forecast from earlier imports alone. Paired by
 * answer; the interval is over students and questions that err together. Undefined where there are none.
 * @throws PathlightError `no-such-model`
 */
export async function compareModels(options: {
  readonly read: GradebookReader;
  readonly models: Pick<Models, 'stored'>;
  readonly clock: Clock;
  readonly first: string | null;
  readonly second: string | null;
}): Promise<ModelComparison | undefined> {
  const { read, models } = options;
  const breathe = createBreather(options.clock);
  const unseen = Math.max(sawUpTo(read, options.first), sawUpTo(read, options.second));
  const steps = read.importSteps().filter(({ answers, undone }) => answers > 0 && !undone);
  const later = steps
    .slice(1)
    .filter(({ number }) => number > unseen)
    .slice(-MOST_IMPORTS);
  if (later.length === 0) return undefined;
  const students = read.studentsOfImports(later[0]!.number - 1);
  const map = read.courseMap();
  const both = [options.first, options.second].map((modelId) => {
    const source = models.stored(modelId);
    if (!source) throw noSuchModel(modelId ?? 'starter');
    return { source, course: undefined as ThenCourse | undefined };
  });
  const losses: [number[], number[]] = [[], []];
  const owners: string[] = [];
  const questions: string[] = [];
  for (const { number } of later) {
    const before = steps.filter((step) => step.number < number);
    for (const side of both)
      if (!(side.course && servesStill(side.course, before))) side.course = courseAsOf(read, side.source, map, number - 1);
    const [one, other] = both;
    if (!one?.course || !other?.course) continue;
    for (const studentId of followed(students.get(number) ?? [])) {
      await breathe();
      const { responses } = read.history(studentId);
      const asked = new Map(responses.map((response) => [keyOf(response), response]));
      const byFirst = forecastsOf(one.course, read, studentId, number).forecasts;
      const bySecond = forecastsOf(other.course, read, studentId, number).forecasts;
      byFirst.forEach(([key, probability], index) => {
        const { correct, question } = asked.get(key)!;
        losses[0].push(answerLoss(probability, correct));
        losses[1].push(answerLoss(bySecond[index]![1], correct));
        owners.push(studentId);
        questions.push(question);
      });
    }
  }
  const answers = owners.length;
  if (answers === 0) return undefined;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / answers;
  const differences = Float64Array.from(losses[0], (loss, index) => loss - losses[1][index]!);
  const value = mean([...differences]);
  const scatter = differences.reduce((sum, each) => sum + (each - value) ** 2, 0);
  const half = (1.96 * Math.sqrt(clusteredVariance(differences, [numbered(owners), numbered(questions)], scatter))) / answers;
  return {
    answers,
    students: new Set(owners).size,
    logLoss: { first: mean(losses[0]), second: mean(losses[1]) },
    difference: { value, low: value - half, high: value + half },
  };
}
