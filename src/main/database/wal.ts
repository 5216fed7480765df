import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

const HEADER = 32;
const FRAME_HEADER = 24;

/**
 * Whether a write-ahead log lost something that was committed: a frame that closes a transaction lies behind one whose checksum is wrong. SQLite reads
 * such a log up to the wrong frame and says nothing. A frame that is cut off at the end is no damage: its transaction had not been committed.
 * Layout and checksums: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 * @param file the gradebook's
 */
export function walIsDamaged(file: string): boolean {
  const log = `${file}-wal`;
  if (!existsSync(log)) return false;
  const size = statSync(log).size;
  if (size === 0) return false;
  const handle = openSync(log, 'r');
  try {
    const header = Buffer.alloc(HEADER);
    // A header that was never finished closes nothing.
    if (readSync(handle, header, 0, HEADER, 0) < HEADER) return false;
    const magic = header.readUInt32BE(0);
    const pageSize = header.readUInt32BE(8);
    const sound = (magic === 0x377f0682 || magic === 0x377f0683) && pageSize >= 512 && pageSize <= 65_536;
    if (!sound) return size > HEADER;
    const bigEndian = magic === 0x377f0683;
    let sums: [number, number] = checksum(header.subarray(0, 24), bigEndian, [0, 0]);
    if (sums[0] !== header.readUInt32BE(24) || sums[1] !== header.readUInt32BE(28)) return size > HEADER;
    const frame = Buffer.alloc(FRAME_HEADER + pageSize);
    let broken = false;
    for (let at = HEADER; at + frame.length <= size; at += frame.length) {
      if (readSync(handle, frame, 0, frame.length, at) < frame.length) return false;
      // Frames of an older turn of the log lie behind those of this one.
      const current = frame.readUInt32BE(8) === header.readUInt32BE(16) && frame.readUInt32BE(12) === header.readUInt32BE(20);
      if (!broken) {
        sums = checksum(frame.subarray(0, 8), bigEndian, sums);
        sums = checksum(frame.subarray(FRAME_HEADER), bigEndian, sums);
        broken = !current || sums[0] !== frame.readUInt32BE(16) || sums[1] !== frame.readUInt32BE(20);
      }
      const closes = frame.readUInt32BE(4) !== 0;
      if (broken && current && closes) return true;
    }
    return false;
  } finally {
    closeSync(handle);
  }
}

function checksum(bytes: Buffer, bigEndian: boolean, [first, second]: [number, number]): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + view.getUint32(at, !bigEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, !bigEndian) + a) >>> 0;
  }
  return [a, b];
}
