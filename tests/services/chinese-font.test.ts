import { describe, expect, it } from 'vitest';
import { createEmbedFont } from '../../src/main/services/plans/chinese-font.ts';

const page = (words: string): string => `<html><head><style>p{}</style></head><body><p>${words}</p></body></html>`;
const ranges = (html: string): string[] => [...html.matchAll(/unicode-range:([^}]+)\}/g)].flatMap(([, list]) => list!.split(','));

describe('Chinese signs on a page', () => {
  it('come as a font inside it, these signs and no others, the same each time', async () => {
    const embed = createEmbedFont();
    const words = '王小明的学习计划';
    const html = await embed(page(words));
    expect(ranges(html).sort()).toEqual([...words].map((sign) => `U+${sign.codePointAt(0)!.toString(16)}`).sort());
    for (const [, data] of html.matchAll(/base64,([^)]+)\)/g))
      expect(Buffer.from(data!, 'base64').subarray(0, 4).toString('latin1')).toBe('wOF2');
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
    expect(ranges(html)).toEqual(['U+5206']);
  });
});
