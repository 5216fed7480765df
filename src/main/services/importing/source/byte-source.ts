import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** A file's bytes: in memory, or where they lie, read piece by piece so that a long file never exists as a whole. */
export interface ByteSource {
  readonly size: number;
  /** Bytes from `from` to before `to`, fewer at the end. Valid until the next call. */
  slice(from: number, to: number): Uint8Array;
  whole(): Uint8Array;
}

export const inMemory = (bytes: Uint8Array): ByteSource => ({
  size: bytes.byteLength,
  slice: (from, to) => bytes.subarray(from, to),
  whole: () => bytes,
});

/** @throws the system's error where the file cannot be opened; call `close` when done */
export function onDisk(path: string): ByteSource & { close(): void } {
  const handle = openSync(path, 'r');
  const { size } = fstatSync(handle);
  let room = Buffer.alloc(0);
  return {
    size,
    slice(from, to) {
      const wanted = Math.max(0, Math.min(to, size) - from);
      if (room.length < wanted) room = Buffer.alloc(wanted);
      let got = 0;
      while (got < wanted) {
        const read = readSync(handle, room, got, wanted - got, from + got);
        if (read === 0) break;
        got += read;
      }
      return room.subarray(0, got);
    },
    whole: () => readFileSync(path),
    close: () => closeSync(handle),
  };
}

export const asSource = (bytes: Uint8Array | ByteSource): ByteSource => (bytes instanceof Uint8Array ? inMemory(bytes) : bytes);

const PIECE = 1024 * 1024;

/** Consecutive pieces of the whole; each is valid until the next. */
export function* piecesOfSource(source: ByteSource, size = PIECE): Generator<Uint8Array> {
  for (let at = 0; at < source.size; at += size) yield source.slice(at, at + size);
}

/** Whether every byte fits into UTF-8. */
export function isUtf8Source(source: ByteSource): boolean {
  let at = 0;
  while (at < source.size) {
    let piece = source.slice(at, at + PIECE);
    if (at + piece.length < source.size) {
      // A character may go on in the next piece: it is judged there.
      let end = piece.length;
      while (end > piece.length - 4 && (piece[end - 1]! & 0xc0) === 0x80) end--;
      if (piece[end - 1]! >= 0xc0) piece = piece.subarray(0, end - 1);
    }
    if (piece.length === 0 || !isUtf8(piece)) return false;
    at += piece.length;
  }
  return true;
}
