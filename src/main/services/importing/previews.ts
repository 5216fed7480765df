import type { PreviewedFile } from '../../../shared/contract/imports.ts';
import type { Importing, ImportSource } from '../ports.ts';

/** A window is not told more often than this, as a fraction of the whole. */
const STEP = 0.01;

export interface Previews {
  /** The preview of these files; one of the same files that is still worked out, for what was said before, is stopped. */
  newest(files: readonly ImportSource[]): Promise<readonly PreviewedFile[]>;
  stop(): void;
}

/** One preview of a file at a time: whoever corrects what a long file was taken for does not wait for what it was taken for before. */
export function createPreviews(importing: Pick<Importing, 'preview'>, tell: (fraction: number) => void): Previews {
  const running = new Set<{ readonly files: readonly ImportSource[]; readonly abort: AbortController }>();
  return {
    async newest(files) {
      const ids = new Set(files.map(({ fileId }) => fileId));
      for (const other of running) if (other.files.some(({ fileId }) => ids.has(fileId))) other.abort.abort();
      const mine = { files, abort: new AbortController() };
      running.add(mine);
      let told = 0;
      try {
        return await importing.preview(files, {
          signal: mine.abort.signal,
          onProgress: ({ fraction }) => {
            if (fraction < told + STEP || mine.abort.signal.aborted) return;
            told = fraction;
            tell(fraction);
          },
        });
      } finally {
        running.delete(mine);
      }
    },
    stop() {
      for (const { abort } of running) abort.abort();
    },
  };
}
