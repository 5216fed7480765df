import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/index.ts';
import { usePreferences } from '../preferences/preferences.tsx';
import { createFormat } from './format.ts';
import type { Format } from './format.ts';
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

/** Everything that a screen needs to speak: words, numbers and dates in the chosen language. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const { language } = usePreferences().preferences;
  const format = useMemo(() => createFormat(language), [language]);
  return useMemo(
    () => ({
      t,
      format,
      failure: (failure) => failureWords(i18n, failure),
      code: (group, code, detail, fallback) => wordsForCode(i18n, group, code, detail, fallback),
    }),
    [t, i18n, format],
  );
}
