import path from 'node:path';
import { PathlightError } from '../../shared/errors.ts';
import type { FileHandle } from '../../shared/contract/index.ts';
import type { StagedFile } from './ports.ts';

/** Files between host and services: chosen or dropped ones on the way in, exports on the way out. Kept in memory, oldest forgotten first. */
export interface StagedFiles {
  add(name: string, bytes: Uint8Array, mime?: string): FileHandle;
  take(id: string): StagedFile & { readonly mime: string };
}

/** A file's own name, whatever system's path came with it. */
export const fileNameOf = (name: string): string => path.basename(name.replaceAll('\\', '/'));

/** More than any class needs; a file beyond it is refused before it is read in full. */
export const LARGEST_FILE = 256 * 1024 * 1024;
const LARGEST_TOTAL = 2 * LARGEST_FILE;

export function createStagedFiles(newId: () => string): StagedFiles {
  const files = new Map<string, StagedFile & { mime: string }>();
  return {
    add(name, bytes, mime = 'application/octet-stream') {
      if (bytes.byteLength > LARGEST_FILE)
        throw new PathlightError(
          'file-too-large',
          `${name} is larger than ${LARGEST_FILE / 1024 / 1024} MB. Split it and import the parts.`,
          { file: name },
        );
      const id = newId();
      files.set(id, { fileId: id, name, bytes, mime });
      let total = [...files.values()].reduce((sum, file) => sum + file.bytes.byteLength, 0);
      for (const [old, file] of files) {
        if (total <= LARGEST_TOTAL || old === id) break;
        files.delete(old);
        total -= file.bytes.byteLength;
      }
      return { id, name, size: bytes.byteLength };
    },
    take(id) {
      const file = files.get(id);
      if (!file) throw new PathlightError('file-gone', 'This file is not held any more. Choose it again.', {});
      return file;
    },
  };
}
