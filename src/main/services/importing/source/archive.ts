import { unzipSync } from 'fflate';
import { PathlightError } from '../../../../shared/errors.ts';

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** More than any school's export; beyond it an archive is a trap. */
const MOST_ENTRIES = 2000;
const LARGEST_ENTRY = 256 * 1024 * 1024;
const LARGEST_TOTAL = 512 * 1024 * 1024;
/** Deflate cannot do better than 1 to 1032; tables reach 1 to 30. */
const LARGEST_RATIO = 300;
const SMALL = 4 * 1024 * 1024;

/** What may still be unpacked, of a zip and of all zips within it. */
export interface Room {
  entries: number;
  bytes: number;
}

export const newRoom = (): Room => ({ entries: MOST_ENTRIES, bytes: LARGEST_TOTAL });

/**
 * The wanted entries of a zip. Their sizes are checked before a byte is unpacked, and no more memory is taken than they declare.
 * @throws PathlightError `broken-zip`, `zip-too-large`
 */
export function openArchive(
  file: string,
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  room: Room = newRoom(),
): ArchiveEntry[] {
  const tooLarge = new PathlightError(
    'zip-too-large',
    `${file} unpacks to more than a school’s export can hold. Unpack it yourself and import the files that you need.`,
    { file },
  );
  try {
    const unpacked = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (--room.entries < 0) throw tooLarge;
        if (name.endsWith('/') || !wanted(name)) return false;
        room.bytes -= originalSize;
        if (originalSize > LARGEST_ENTRY || room.bytes < 0) throw tooLarge;
        if (originalSize > SMALL && originalSize > size * LARGEST_RATIO) throw tooLarge;
        return true;
      },
    });
    return Object.entries(unpacked).map(([name, content]) => ({ name, bytes: content }));
  } catch (error) {
    if (error === tooLarge) throw error;
    throw new PathlightError('broken-zip', `${file} is damaged, or locked by a password. Get it again without one.`, { file });
  }
}
