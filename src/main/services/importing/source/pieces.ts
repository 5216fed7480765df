import type { ByteSource } from './byte-source.ts';

/** Pieces small enough to live and die in the young generation: a long file is never held as text as a whole. */
const PIECE = 64 * 1024;

/** @param label an encoding that the platform's decoder knows, else the whole text is decoded at once by `whole` */
export function* piecesOf(bytes: ByteSource, label: string | undefined, whole: () => string): Generator<string> {
  if (label === undefined) {
    yield whole();
    return;
  }
  const decoder = new TextDecoder(label, { ignoreBOM: false });
  for (let at = 0; at < bytes.size; at += PIECE)
    yield decoder.decode(bytes.slice(at, at + PIECE), { stream: at + PIECE < bytes.size });
}
