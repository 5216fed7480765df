import path from 'node:path';
import { readModel, writeModel } from '../../src/main/services/model-store.ts';
import { temporaryFolder } from './folders.ts';
import { RESOURCES } from './application.ts';

/**
 * A model like the starter that forecasts everything higher or lower, as a folder to be added: training one takes a minute.
 * @param shift of every forecast, in logits
 */
export function otherModel(shift: number, folder = path.join(temporaryFolder(), 'model')): string {
  const starter = readModel(path.join(RESOURCES, 'starter'));
  const move = ([first, many]: readonly [number, number]): readonly [number, number] => [first + shift, many + shift];
  const recalibration = { ...starter.recalibration, shift: move(starter.recalibration.shift) };
  writeModel(folder, { ...starter, recalibration }, Date.UTC(2026, 8, 1));
  return folder;
}
