import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Line, Measurement, Outcome } from './measurement.ts';
import { oneModel, theirLooks, whenClose } from './one-model.ts';
import type { Look } from './one-model.ts';
import { findPython, NO_TORCH, pathlight, runToEnd, sharedFile, withTemporaryFolder } from './places.ts';

/** few_shot.py's model of the same kind: φ over shrunk difficulties and history features, adapted by inner steps. */
const THEIR_MODEL = 'offset_phi';
const MOST_SECONDS = 60;

interface Point {
  readonly after: number;
  readonly window: string;
  readonly auc: number | null;
}

/** Mean AUC over support sizes and both windows. */
const meanAuc = (points: readonly Point[]): number =>
  points.reduce((sum, point) => sum + (point.auc ?? Number.NaN), 0) / points.length;

export const metaTraining: Measurement = {
  key: 'metaTraining',
  title: 'Whole meta-training of assist2009: the command, from the file of answers to the written model',
  measure: () =>
    withTemporaryFolder(async (folder): Promise<Outcome> => {
      const train = sharedFile('data', 'assist2009', 'train.csv.gz');
      const validation = sharedFile('data', 'assist2009', 'validation.csv.gz');
      if (!train || !validation)
        return { lines: [], json: null, notes: ['Real students’ answers are not here; name their folder in PATHLIGHT_DATA.'] };
      const model = path.join(folder, 'model');
      const began = performance.now();
      const words = pathlight('train', '--responses', train, '--model', model);
      const seconds = (performance.now() - began) / 1e3;
      const evaluation = path.join(folder, 'evaluation.json');
      pathlight('evaluate', '--model', model, '--responses', validation, '--json', evaluation);
      const { points } = JSON.parse(readFileSync(evaluation, 'utf8')) as { points: Point[] };
      const auc = meanAuc(points);
      const theirs = theirSeconds(train, folder);
      const likeTheirs = await oneModel(train, validation);
      const besideOurs = theirs ? theirLooks(theirs.python, theirs.script, train, THEIR_MODEL) : undefined;
      const lines: Line[] = [
        {
          what: 'Ours, to the model that is kept',
          value: seconds,
          unit: 's',
          bar: { value: MOST_SECONDS, sense: 'at most' },
        },
        ...(theirs
          ? [
              {
                what: `The whole command beside few_shot.py's ${THEIR_MODEL} in PyTorch alone, without reading`,
                value: seconds,
                unit: 's',
                bar: { value: theirs.seconds, sense: 'at most' as const, of: 'its time' },
              },
              { what: 'Mean AUC on validation students, theirs', value: theirs.auc, unit: '' },
            ]
          : []),
        { what: 'Mean AUC on validation students, ours', value: auc, unit: '' },
        ...alikeLines(likeTheirs, besideOurs),
      ];
      return {
        lines,
        json: {
          seconds,
          auc,
          fewShotSeconds: theirs?.seconds ?? null,
          fewShotAuc: theirs?.auc ?? null,
          oneModel: { ours: likeTheirs, theirs: besideOurs ?? null },
        },
        notes: [words.trim().split('\n')[0]!, ...(theirs ? [] : [NO_TORCH])],
      };
    }),
};

/** One model over φ on each side, from loaded answers on. */
function alikeLines(ours: readonly Look[], theirs: readonly Look[] | undefined): Line[] {
  const [own, other] = [whenClose(ours), theirs && whenClose(theirs)];
  const above = other && ours.find(({ auc }) => auc > other.auc);
  return [
    {
      what: 'One model over φ from loaded answers to within .001 AUC of its best, ours',
      value: own.seconds,
      unit: 's',
      bar: other && { value: other.seconds, sense: 'at most', of: `${THEIR_MODEL}’s` },
    },
    { what: 'The best mean AUC of it, ours', value: own.auc, unit: '' },
    ...(other ? [{ what: `The best mean AUC of it, ${THEIR_MODEL}`, value: other.auc, unit: '' }] : []),
    ...(above ? [{ what: `Ours until it was above the best of ${THEIR_MODEL}`, value: above.seconds, unit: 's' }] : []),
  ];
}

/** The prototype's own figure for training and choosing its best epoch; it leaves out reading the data and starting Python. */
function theirSeconds(
  train: string,
  folder: string,
): { seconds: number; auc: number; python: string; script: string } | undefined {
  const script = sharedFile('prototype', 'few_shot.py');
  const python = findPython('torch', 'numpy', 'scipy');
  if (!script || !python) return undefined;
  const json = path.join(folder, 'few-shot.json');
  runToEnd(python, [script, path.dirname(train), '--models', THEIR_MODEL, '--json', json]);
  const report = JSON.parse(readFileSync(json, 'utf8')) as Record<
    string,
    { seconds: number; validation: Record<string, Record<string, { auc: number }>> }
  >;
  const { seconds, validation } = report[THEIR_MODEL]!;
  const values = Object.values(validation).flatMap((windows) => Object.values(windows).map(({ auc }) => auc));
  return { seconds, auc: values.reduce((sum, value) => sum + value, 0) / values.length, python, script };
}
