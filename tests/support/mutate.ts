import { zipSync } from 'fflate';

/** Breaks a file as transport and people do: bytes flipped, cut off, quotation marks unbalanced, columns shuffled, parts repeated. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = (length: number): number => Math.floor(random() * length);
  let out = Uint8Array.from(bytes);
  for (let step = 1 + at(4); step > 0 && out.length > 0; step--) {
    switch (at(7)) {
      case 0:
        for (let count = 1 + at(12); count > 0; count--) out[at(out.length)] = at(256);
        break;
      case 1:
        out = out.slice(0, at(out.length));
        break;
      case 2:
        out = splice(out, at(out.length), 0, Uint8Array.of(34));
        break;
      case 3: {
        const lines = new TextDecoder('latin1').decode(out).split('\n');
        const separator = [',', ';', '\t'][at(3)]!;
        const shuffled = lines.map((line) =>
          line
            .split(separator)
            .toSorted(() => random() - 0.5)
            .join(separator),
        );
        out = Uint8Array.from(shuffled.join('\n'), (character) => character.charCodeAt(0) & 255);
        break;
      }
      case 4: {
        const from = at(out.length);
        out = splice(out, at(out.length), 0, out.slice(from, from + at(400)));
        break;
      }
      case 5:
        out = splice(out, at(out.length), at(60), new Uint8Array(0));
        break;
      default:
        out = splice(
          out,
          at(out.length),
          0,
          Uint8Array.from({ length: at(40) }, () => [0, 10, 13, 34, 44, 59, 255, 254][at(8)]!),
        );
    }
  }
  return out;
}

function splice(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length - Math.min(remove, bytes.length - at) + insert.length);
  out.set(bytes.subarray(0, at));
  out.set(insert, at);
  out.set(bytes.subarray(Math.min(bytes.length, at + remove)), at + insert.length);
  return out;
}

/** A zip that unpacks to a thousand times its size, with these names. */
export function bomb(names: readonly string[], megabytes: number): Uint8Array {
  const zeros = new Uint8Array(megabytes * 1024 * 1024).fill(48);
  return zipSync(Object.fromEntries(names.map((name) => [name, zeros])), { level: 9 });
}
