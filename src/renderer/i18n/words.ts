import type { TFunction, i18n } from 'i18next';
import type { Failure } from '../../shared/contract/index.ts';

type Detail = Readonly<Record<string, string | number>>;

/**
 * Words whose key ends in a code that comes from the application; where this version has no words for it, the application's own English
 * sentence stands in.
 */
export function wordsForCode(
  i18n: Pick<i18n, 'exists' | 't'>,
  group:
    | 'errors'
    | 'imports.refused'
    | 'imports.notes'
    | 'imports.because'
    | 'imports.ignoredBecause'
    | 'imports.keptReason'
    | 'gradebook.refused'
    | 'gradebook.keptReason'
    | 'imports.meaning'
    | 'courseEdit'
    | 'questions.reason'
    | 'importReview.why'
    | 'importReview.field'
    | 'importReview.status'
    | 'system.notices'
    | 'jobs.stage'
    | 'computing.names'
    | 'computing.inSentence'
    | 'computing.refusals'
    | 'modelHistory.learners',
  code: string,
  detail: Detail,
  fallback: string,
): string {
  const key = `${group}.${code}`;
  // The key is only known when the program runs, which the typed form of `t` cannot express.
  const t = i18n.t as unknown as (key: string, detail: Detail) => string;
  return i18n.exists(key) ? t(key, detail) : fallback;
}

export function failureWords(i18n: Pick<i18n, 'exists' | 't'>, failure: Failure): string {
  return wordsForCode(i18n, 'errors', failure.code, failure.detail, failure.message);
}

export type Translate = TFunction;
