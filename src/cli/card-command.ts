import { writeFileSync } from 'node:fs';
import { cardToHtml } from '../main/services/trust/card.ts';
import { createFeedback } from '../main/services/trust/feedback.ts';
import { modelCard } from '../renderer/features/model/card-words.ts';
import type { Language } from '../renderer/i18n/language.ts';
import type { Paper } from '../shared/contract/plans.ts';
import type { ModelCard } from '../shared/contract/trust.ts';
import { programVersion, resolveTyped } from './paths.ts';
import { idOf, withModels } from './trust-commands.ts';
import { wordsIn } from './words-in.ts';

export interface CardOptions {
  readonly data: string;
  readonly language: Language;
  readonly paper: Paper;
  readonly out?: string;
}

const row = (cells: readonly string[]): string => `  ${cells.join(' | ')}`;

/** The same card without a page around it. */
const cardToText = ({ title, subtitle, sections, stamp }: ModelCard): string =>
  [
    ...[title, subtitle],
    ...sections.flatMap((section) => [
      ...['', section.title, ...section.paragraphs, ...section.points.map((point) => `- ${point}`)],
      ...(section.table === null ? [] : [row(section.table.head), ...section.table.rows.map(row)]),
    ]),
    ...['', stamp],
  ].join('\n');

/** The card that the screen prints, in its words. @param model in use where left out @throws PathlightError `no-such-model` */
export const cardCommand = (model: string | undefined, options: CardOptions): Promise<void> =>
  withModels(options, async ({ gradebook, models }) => {
    const now = Date.now();
    const diagnostics = model === undefined ? models.diagnostics() : models.diagnostics(idOf(model));
    const { forecasts } = await createFeedback({ gradebook, models, clock: () => now }).get();
    const about = { version: programVersion(), now, paper: options.paper };
    const { t, format } = wordsIn(options.language);
    const card = modelCard(diagnostics, forecasts, about, t, format);
    if (options.out === undefined) console.log(cardToText(card));
    else writeFileSync(resolveTyped(options.out), cardToHtml(card, gradebook.read.school()));
  });
