import type { Paper } from '../../../shared/contract/plans.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { createEmbedFont } from './chinese-font.ts';

export type PrintToPdf = (html: string, paper: Paper) => Promise<Uint8Array>;

/** What every printed page goes through. */
export interface Printer {
  /** The page for the window to print, with the signs in it that a computer may lack. */
  page(html: string): Promise<string>;
  /** The page as a file. @throws PathlightError `no-pdf` where the host cannot print by itself */
  file(format: 'html' | 'pdf', html: string, paper: Paper): Promise<Uint8Array>;
}

export function createPrinter(printToPdf: PrintToPdf | undefined): Printer {
  const embed = createEmbedFont();
  return {
    page: embed,
    async file(format, html, paper) {
      if (format === 'html') return new TextEncoder().encode(await embed(html));
      if (!printToPdf)
        throw new PathlightError(
          'no-pdf',
          'This window cannot make a PDF by itself. Print it and choose "Save as PDF" as the printer.',
        );
      return printToPdf(await embed(html), paper);
    },
  };
}
