import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { decodeModel, encodeModel } from '../../learning/model-file.ts';
import type { TrainedModel } from '../../learning/trained-model.ts';
import { PathlightError } from '../../shared/errors.ts';

export type StoredModel = TrainedModel & { readonly trainedAt: number | null };

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function writeDurably(file: string, content: Uint8Array): void {
  const handle = openSync(file, 'w');
  try {
    for (let written = 0; written < content.length;) written += writeSync(handle, content, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes model.json and weights.bin into a folder. Both are complete beside their final place first, so that a crash leaves the old model or
 * the new one; should it strike between the two renames, the checksum tells.
 */
export function writeModel(folder: string, model: TrainedModel, trainedAt: number): void {
  const { header, weights } = encodeModel(model, trainedAt, sha256);
  mkdirSync(folder, { recursive: true });
  const files = [
    ['weights.bin', weights],
    ['model.json', new TextEncoder().encode(header)],
  ] as const;
  for (const [name, content] of files) writeDurably(path.join(folder, `${name}.new`), content);
  for (const [name] of files) renameSync(path.join(folder, `${name}.new`), path.join(folder, name));
}

/** @throws PathlightError `model-missing`, `model-damaged`, `model-newer`, `model-older` */
export function readModel(folder: string): StoredModel {
  const header = path.join(folder, 'model.json');
  const weights = path.join(folder, 'weights.bin');
  for (const file of [header, weights])
    if (!existsSync(file))
      throw new PathlightError(
        'model-missing',
        `There is no model in ${folder}: ${path.basename(file)} is missing. Train one first.`,
        { model: folder },
      );
  return decodeModel({ header: readFileSync(header, 'utf8'), weights: readFileSync(weights) }, folder, sha256);
}

export function removeModel(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
