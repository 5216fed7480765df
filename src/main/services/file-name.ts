/** What Windows takes for a device, whatever ending follows. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
/** File systems end at 255 bytes; room is left for an ending and a number. */
const MOST_BYTES = 200;

/** A name, without its ending, that every system takes for a file. */
export function fileName(text: string): string {
  let name = '';
  let bytes = 0;
  // Composed, as all but one system write it; marks that turn the direction of reading hide an ending.
  for (const sign of text.normalize('NFC').replaceAll(/[\\/:*?"<>|\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '_')) {
    bytes += Buffer.byteLength(sign);
    if (bytes > MOST_BYTES) break;
    name += sign;
  }
  return (
    name
      .trim()
      .replace(/[. ]+$/, '')
      .replace(DEVICES, '_$1') || '_'
  );
}
