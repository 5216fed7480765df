import { createContext, use } from 'react';
import type { Failure } from '../../shared/contract/index.ts';
import { createFormat } from './format.ts';
import type { Format } from './format.ts';
import { createI18n } from './create-i18n.ts';
import type { Language } from './language.ts';
import { failureWords, wordsForCode } from './words.ts';
import type { Translate } from './words.ts';

export interface Words {
  readonly t: Translate;
  readonly format: Format;
  readonly failure: (failure: Failure) => string;
  readonly code: (
    group: Parameters<typeof wordsForCode>[1],
    code: string,
    detail: Readonly<Record<string, string | number>>,
    fallback: string,
  ) => string;
}

/** Everything that the screens need to speak one language: made once for the window, for making its formatters takes longer than drawing a row. */
export function createWords(language: Language): Words {
  const i18n = createI18n(language);
  return {
    t: i18n.t,
    format: createFormat(language),
    failure: (failure) => failureWords(i18n, failure),
    code: (group, code, detail, fallback) => wordsForCode(i18n, group, code, detail, fallback),
  };
}

export const WordsContext = createContext<Words | undefined>(undefined);

/** Words, numbers and dates in the chosen language. */
export function useWords(): Words {
  const words = use(WordsContext);
  if (words === undefined) throw new Error('A screen was rendered outside WordsContext.');
  return words;
}
