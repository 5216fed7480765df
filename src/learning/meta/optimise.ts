import { PathlightError } from '../../shared/errors.ts';
import type { Random } from '../random.ts';
import { drawTask, LONG_BATCH, SHORT_BATCH } from './episodes.ts';
import type { BatchSettings, Episode } from './episodes.ts';
import { AdamW, clipGradients, scaleGradients } from './optimiser.ts';
import type { Direction, StageOptions, Trainee } from './trainee.ts';

/** Share of the batches with long histories, so that hundreds of answers are read as well as five. */
const LONG_SHARE = 0.05;
const WARM_UP = 50;
const USUAL = { short: SHORT_BATCH, long: LONG_BATCH };

/** What chance has a part in. */
interface Draws {
  readonly steps: number;
  /** The usual ones where left out. */
  readonly batches?: { readonly short: BatchSettings; readonly long: BatchSettings };
  readonly random: Random;
  readonly nextEpisode: () => Episode;
}

const stepsOf = (all: number, share: number): number => Math.max(1, Math.round(all * share));

/** Leaves chance where `optimise` would leave it: the same tasks are drawn, and nothing is learned from them. */
export function passOver({
  trainee,
  steps: all,
  batches,
  random,
  nextEpisode,
}: Draws & { readonly trainee: Pick<Trainee, 'stages'> }): void {
  const { short, long } = batches ?? USUAL;
  for (const { share } of trainee.stages)
    for (let step = stepsOf(all, share); step > 0; step--) {
      const episode = nextEpisode();
      const settings = random.uniform() < LONG_SHARE ? long : short;
      for (let task = 0; task < settings.students; task++) drawTask(episode, settings, random);
    }
}

/**
 * One optimisation over episodes: AdamW with warm-up and cosine decay, a new optimiser for each stage of the learner. Used for school
 * models and the starter alike.
 * @throws PathlightError `training-diverged`
 */
export async function optimise(
  options: Draws & {
    readonly trainee: Trainee;
    readonly stage: StageOptions;
    readonly peakRate: number;
    readonly afterStep: (step: number, direction: Direction) => void | Promise<void>;
  },
): Promise<void> {
  const { trainee, random, peakRate } = options;
  const { short, long } = options.batches ?? USUAL;
  let done = 0;
  for (const { share, epsilon, start } of trainee.stages) {
    const steps = stepsOf(options.steps, share);
    const directionOf = start(options.stage);
    const optimiser = new AdamW();
    for (let step = 0; step < steps; step++, done++) {
      const episode = options.nextEpisode();
      const batch = trainee.draw(episode, random.uniform() < LONG_SHARE ? long : short, random);
      const direction = await directionOf(episode, batch, step / steps);
      if (!Number.isFinite(direction.loss))
        throw new PathlightError(
          'training-diverged',
          'Training stopped: the loss is not a number any more. Nothing was changed.',
        );
      const cooled = Math.min(1, (step + 1) / WARM_UP) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      // A batch counts by its students: the few with long histories must not shake what the many taught.
      const scale = batch.students / short.students;
      if (epsilon === undefined) {
        clipGradients(direction.gradients, 1);
        scaleGradients(direction.gradients, scale);
        optimiser.update(trainee.parameters, direction.gradients, peakRate * cooled, trainee.decay);
      } else follow(trainee.parameters, direction.gradients, epsilon * scale * cooled);
      await options.afterStep(done, direction);
    }
  }
}

/** A share of the way to the mean of the students. (Adam would blow every weight's noise up to a whole step.) */
function follow(parameters: Trainee['parameters'], directions: Direction['gradients'], epsilon: number): void {
  for (const [name, direction] of Object.entries(directions)) {
    const values = parameters[name]!;
    for (let index = 0; index < values.length; index++) values[index]! -= epsilon * direction[index]!;
  }
}
