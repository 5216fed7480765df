import type { Baseline, BaselineSettings, StoredBaseline, StoredBaselineName } from '../baselines/baseline.ts';
import { storedBaselines } from '../baselines/restore-baseline.ts';
import { trainBaseline } from '../baselines/train-baseline.ts';
import type { ResponseTable } from '../responses.ts';
import type { StepCompiler } from './meta-loss.ts';
import { NOT_SHARED } from './shared-work.ts';
import type { SharedWork } from './shared-work.ts';

/** The published models that every training is judged beside; they need no tensors. DKT takes longer than all of them together. */
export const QUICK_BASELINES: readonly StoredBaselineName[] = ['irt', 'best-lr', 'pfa', 'bkt'];

/** Published models fitted to the students that a training teaches; plain data. */
export interface FittedBaselines {
  /** [parts][baselines], each without the students who judge it. */
  readonly byPart: readonly (readonly StoredBaseline[])[];
  /** To all students, as the course's difficulties are, with the same settings. */
  readonly final: readonly StoredBaseline[];
}

export interface FitBaselinesTask {
  readonly table: ResponseTable;
  readonly seed: number;
  readonly names: readonly StoredBaselineName[];
  /** Who judges, as indexes of students: [parts][students]. */
  readonly judges: readonly (readonly number[])[];
  readonly compiler?: StepCompiler | undefined;
  readonly share?: SharedWork | undefined;
  readonly shouldStop?: (() => boolean | Promise<boolean>) | undefined;
  /** @param fraction done, 0 to 1 */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** @throws CancelledError */
export async function fitBaselines(task: FitBaselinesTask): Promise<FittedBaselines> {
  const { table, names, judges } = task;
  const everybody = table.students.map((_, student) => student);
  const fits = (judges.length + 1) * names.length;
  let done = 0;
  const fitTo = async (fit: readonly number[], chosen?: readonly Baseline[]): Promise<Baseline[]> => {
    const result: Baseline[] = [];
    for (const name of names) {
      result.push(await fitBaseline(name, { ...task, fit, settings: chosen?.find((each) => each.name === name)?.settings }));
      task.onProgress?.(++done / fits);
    }
    return result;
  };
  // Chosen with those who judge in turn among them, the settings flatter the baselines a little, and cost one search instead of five.
  const early = judges.length > 1 ? await fitTo(everybody) : undefined;
  const byPart: Baseline[][] = [];
  for (const students of judges) {
    const judging = new Set(students);
    byPart.push(
      await fitTo(
        everybody.filter((student) => !judging.has(student)),
        early,
      ),
    );
  }
  const final = early ?? (await fitTo(everybody, byPart[0]));
  return { byPart: byPart.map(storedBaselines), final: storedBaselines(final) };
}

/** Fits one baseline, or takes over the fit to the same students with the same settings. */
export function fitBaseline(
  name: Baseline['name'],
  task: Omit<FitBaselinesTask, 'names' | 'judges' | 'onProgress'> & {
    readonly fit: readonly number[];
    readonly settings?: BaselineSettings | undefined;
  },
): Promise<Baseline> {
  const { fit, settings = {}, share = NOT_SHARED } = task;
  // A baseline without settings has none to choose either.
  const chosen = Object.keys(settings).length > 0 ? settings : undefined;
  return share.once(`${name} ${JSON.stringify(chosen ?? {})} ${fit.join()}`, () =>
    trainBaseline(name, { ...task, settings: chosen }),
  );
}
