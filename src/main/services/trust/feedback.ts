import { auc, ece, logLoss, reliability } from '../../../learning/evaluation/metrics.ts';
import type { Judged } from '../../../learning/evaluation/metrics.ts';
import { eceOfPerfectModel } from '../../../learning/evaluation/perfect-calibration.ts';
import { estimateGainFactor } from '../../../learning/planning/gain-factor.ts';
import { createRandom } from '../../../learning/random.ts';
import type { Feedback } from '../../../shared/contract/trust.ts';
import type { Models } from '../models.ts';
import type { Clock, Gradebook } from '../ports.ts';
import { bySkill, compareForecasts, numbered } from './compare-forecasts.ts';
import type { JudgedAnswer } from './compare-forecasts.ts';
import { driftOf, occasionsOf } from './drift-notice.ts';
import { groupsOf } from './groups.ts';
import { judgedAnswers } from './judged-answers.ts';
import { judgedFigures } from './judged-figures.ts';
import { keepGainFactor } from './gain-factor-renewal.ts';
import { practisedOf, readOutcomes } from './outcomes.ts';
import { summarisePlans } from './plan-summary.ts';
import { recordForecasts } from './prequential.ts';

const BANDS = 10;
/** Fewer answers make no band. */
const FEWEST_OF_BAND = 20;

export interface FeedbackService {
  /** What was forecast and promised, and what then happened. */
  get(): Promise<Feedback>;
}

const toJudged = (answers: readonly JudgedAnswer[]): Judged => ({
  student: numbered(answers.map(({ studentId }) => studentId)),
  probability: Float64Array.from(answers, ({ probability }) => probability),
  correct: Float64Array.from(answers, ({ correct }) => correct),
});

function forecastsOf(answers: readonly JudgedAnswer[], classOf: ReadonlyMap<string, string>): Feedback['forecasts'] {
  const whole = compareForecasts(answers);
  if (!whole) return null;
  const judged = toJudged(answers);
  return {
    since: answers[0]!.at,
    whole,
    logLoss: logLoss(judged),
    auc: auc(judged.probability, judged.correct),
    ece: ece(judged, BANDS),
    ecePerfect: eceOfPerfectModel(judged, createRandom(1), 200, 0.95, BANDS),
    bands: reliability(judged, Math.max(1, Math.min(BANDS, Math.floor(answers.length / FEWEST_OF_BAND)))),
    skills: [...bySkill(answers)]
      .map(([skill, own]) => ({ skill, ...compareForecasts(own)! }))
      .toSorted((a, b) => b.answers - a.answers || (a.skill < b.skill ? -1 : 1)),
    groups: groupsOf(answers, classOf),
    occasions: occasionsOf(answers).map((own) => ({
      at: own.at(-1)!.at,
      modelId: own[0]!.modelId,
      ...compareForecasts(own)!,
    })),
  };
}

export function createFeedback(options: {
  readonly gradebook: Gradebook;
  readonly models: Models;
  readonly clock: Clock;
}): FeedbackService {
  const { gradebook, models, clock } = options;
  const { read } = gradebook;
  let last: { readonly key: string; readonly result: Feedback } | undefined;
  let running: Promise<Feedback> | undefined;

  const trainedFigures = (): Feedback['trained'] => {
    const { model, note } = models.current();
    if (note.kind !== 'own') return null;
    const judged = judgedFigures(model, 'next');
    return judged && { logLoss: judged.own.logLoss, ece: judged.own.ece, after: judged.after };
  };

  const work = async (): Promise<Feedback> => {
    await recordForecasts({ gradebook, models, clock });
    const { note } = models.current();
    // A plan that is handed out changes nothing else, and therefore no version.
    const keyNow = (): string => `${read.dataVersion()}:${note.id}:${read.handedOutPlans().length}`;
    if (last?.key === keyNow()) return last.result;
    const answers = judgedAnswers(read);
    const students = read.students(null);
    const classOf = new Map(students.flatMap(({ id, className }) => (className === null ? [] : [[id, className] as const])));
    const nameOf = new Map(students.map(({ id, name }) => [id, name]));
    const outcomes = await readOutcomes({ read, models, clock });
    const factor = estimateGainFactor(practisedOf(outcomes));
    const since = read.modelUses().at(-1)?.afterImport ?? 0;
    const watched = answers.filter(({ importNumber, modelId }) => importNumber > since && modelId === note.id);
    const result: Feedback = {
      modelId: note.id,
      forecasts: forecastsOf(answers, classOf),
      trained: trainedFigures(),
      drift: driftOf(watched, classOf),
      watched: { answers: watched.length, occasions: occasionsOf(watched).length },
      plans: summarisePlans(outcomes, factor, nameOf),
    };
    keepGainFactor(gradebook, factor);
    last = { key: keyNow(), result };
    return result;
  };

  return {
    // Two windows that ask at once wait for the same answer.
    get: () =>
      (running ??= work().finally(() => {
        running = undefined;
      })),
  };
}
