import { createI18n } from '../renderer/i18n/create-i18n.ts';
import { createFormat } from '../renderer/i18n/format.ts';
import type { Format } from '../renderer/i18n/format.ts';
import type { Language } from '../renderer/i18n/language.ts';
import type { Translate } from '../renderer/i18n/words.ts';

/** The screens' words and numbers, for the command line. */
export const wordsIn = (language: Language): { readonly t: Translate; readonly format: Format } => ({
  t: createI18n(language).t,
  format: createFormat(language),
});
