import { describe, expect, it } from 'vitest';
import { createEmbedFont } from '../../src/main/services/plans/chinese-font.ts';

const page = (words: string): string => `<html><head><style>p{}</style></head><body><p>${words}</p></body></html>`;
const ranges = (html: string): string[] => [...html.matchAll(/unicode-range:([^}]+)\}/g)].flatMap(([, list]) => list!.split(','));

/** Places in the list of known tables of WOFF2 (W3C, 5.2). */
const GLYF = 10;
const FVAR = 47;

/** The known tables that a WOFF2 file says it has. */
function tablesOf(bytes: Buffer): number[] {
  let at = 48;
  const size = (): void => {
    while (bytes[at++]! & 0x80);
  };
  return Array.from({ length: bytes.readUInt16BE(12) }, () => {
    const flags = bytes[at++]!;
    const table = flags & 0x3f;
    if (table === 63) at += 4;
    size();
    const version = flags >> 6;
    // The outlines and where they lie are transformed unless the version is 3, everything else only where it is not 0.
    if (table === GLYF || table === 11 ? version !== 3 : version !== 0) size();
    return table;
  });
}

describe('Chinese signs on a page', () => {
  it('come as a font inside it, these signs and no others, the same each time', async () => {
    const embed = createEmbedFont();
    const words = '王小明的学习计划';
    const html = await embed(page(words));
    const signs = [...words].map((sign) => `U+${sign.codePointAt(0)!.toString(16)}`);
    // Each in two weights.
    expect(ranges(html).sort()).toEqual([...signs, ...signs].sort());
    const faces = [...html.matchAll(/font-weight:([\d ]+);.*?base64,([^)]+)\)/g)];
    expect(new Set(faces.map(([, weight]) => weight))).toEqual(new Set(['1 500', '501 1000']));
    for (const [, , data] of faces) {
      const bytes = Buffer.from(data!, 'base64');
      expect(bytes.subarray(0, 4).toString('latin1')).toBe('wOF2');
      // A PDF gets a variable font as drawings and not as a font.
      expect(tablesOf(bytes)).toContain(GLYF);
      expect(tablesOf(bytes)).not.toContain(FVAR);
    }
    expect(html.length).toBeLessThan(60_000);
    expect(html).toContain(`<p>${words}</p>`);
    expect(await createEmbedFont()(page(words))).toBe(html);
  });

  it('are none on an English page, which stays as it is', async () => {
    const plain = page('Study plan: 60% ± 5 “ratios”');
    expect(await createEmbedFont()(plain)).toBe(plain);
  });

  it('that the font has not are left to the computer', async () => {
    const html = await createEmbedFont()(page('分\u{30edd}\u{10fffd}'));
    expect(ranges(html)).toEqual(['U+5206', 'U+5206']);
  });
});
