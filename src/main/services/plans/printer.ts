import type { Paper } from '../../../shared/contract/plans.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { createEmbedFont } from './chinese-font.ts';

export type PrintToPdf = (html: string, paper: Paper) => Promise<Uint8Array>;

/** What every printed page goes through. */
export interface Printer {
  /** The page for the window to print, with the signs in it that a computer may lack. */
  page(html: string): Promise<string>;
  /** The page as a file. @param alike all pages that are made with it. @throws PathlightError `no-pdf` where the host cannot print by itself */
  file(format: 'html' | 'pdf', html: string, paper: Paper, alike?: string): Promise<Uint8Array>;
}

export function createPrinter(printToPdf: PrintToPdf | undefined): Printer {
  const embed = createEmbedFont();
  return {
    page: (html) => embed(html),
    async file(format, html, paper, alike) {
      if (format === 'html') return new TextEncoder().encode(await embed(html, alike));
      if (!printToPdf)
        throw new PathlightError(
          'no-pdf',
          'This window cannot make a PDF by itself. Print it and choose "Save as PDF" as the printer.',
        );
      return printToPdf(await embed(html, alike), paper);
    },
  };
}
