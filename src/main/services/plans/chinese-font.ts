import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A page's Chinese signs as a font inside it: it looks the same on a computer that has none. */
export type EmbedFont = (html: string) => Promise<string>;

interface Face {
  readonly file: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

const FAMILY = 'Pathlight Sans SC';
/**
 * Two cuts of fixed weight, each for a range of what a page asks for. Of a variable font, which would be one cut, a PDF gets drawings (Type 3) in place of a font,
 * without a name and rougher on paper.
 */
const WEIGHTS = [
  { cut: 400, asked: '1 500' },
  { cut: 700, asked: '501 1000' },
] as const;
/** Below stand the alphabets that every computer has. */
const FIRST_CHINESE = 0x2e80;

/**
 * Puts the signs that a page uses, and no others, into the page: 200 of them are about 70 KB. Noto Sans SC comes in a hundred parts of neighbouring signs; each part
 * that is needed is cut to them. The same page gives the same bytes. A page without Chinese stays as it is.
 */
export function createEmbedFont(): EmbedFont {
  const require = createRequire(import.meta.url);
  let faces: Promise<readonly Face[]> | undefined;
  return async (html) => {
    const signs = [...new Set(html)].map((sign) => sign.codePointAt(0)!).filter((code) => code >= FIRST_CHINESE);
    if (signs.length === 0) return html;
    const index = require.resolve('@fontsource-variable/noto-sans-sc/index.css');
    faces ??= readFile(index, 'utf8').then(readFaces);
    // Loaded when it is first needed: the program's start does not wait for it.
    const { default: subsetFont } = await import('subset-font');
    const rules: string[] = [];
    for (const { file, ranges } of await faces) {
      const own = signs.filter((code) => ranges.some(([from, to]) => code >= from && code <= to)).sort((a, b) => a - b);
      if (own.length === 0) continue;
      const whole = await readFile(path.join(path.dirname(index), file));
      for (const { cut: wght, asked } of WEIGHTS) {
        const cut = await subsetFont(whole, String.fromCodePoint(...own), { targetFormat: 'woff2', variationAxes: { wght } });
        rules.push(
          `@font-face{font-family:'${FAMILY}';font-weight:${asked};src:url(data:font/woff2;base64,${cut.toString('base64')}) format('woff2');` +
            `unicode-range:${own.map((code) => `U+${code.toString(16)}`).join(',')}}`,
        );
      }
    }
    return html.replace('</head>', () => `<style>\n${rules.join('\n')}\n</style>\n</head>`);
  };
}

function readFaces(css: string): Face[] {
  return [...css.matchAll(/url\(\.\/(files\/[^)]+)\)[^}]*?unicode-range:\s*([^;]+);/g)].map(([, file, list]) => ({
    file: file!,
    ranges: list!.split(',').map((part) => {
      const [from, to = from] = part.trim().slice(2).split('-');
      return [Number.parseInt(from!, 16), Number.parseInt(to!, 16)] as const;
    }),
  }));
}
