/** Pieces small enough to live and die in the young generation: a long file is never held as text as a whole. */
const PIECE = 64 * 1024;

/** @param label an encoding that the platform's decoder knows, else the whole text is decoded at once by `whole` */
export function* piecesOf(bytes: Uint8Array, label: string | undefined, whole: () => string): Generator<string> {
  if (label === undefined) {
    yield whole();
    return;
  }
  const decoder = new TextDecoder(label, { ignoreBOM: false });
  for (let at = 0; at < bytes.length; at += PIECE)
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length });
}
