import type { Diagnostics } from '../../../shared/contract/model.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';

const BASELINES = ['shrunk-irt'] as const;

type Point = Diagnostics['accuracy'][number];

/** The point that the sentence speaks of: the same questions throughout, as near to five answers as there is. */
export function headlinePoint(accuracy: readonly Point[]): Point | undefined {
  const judged = accuracy.filter(({ auc, baselineAuc }) => auc !== null && baselineAuc !== null);
  const fixed = judged.filter(({ window }) => window === 'fixed');
  return (fixed.length > 0 ? fixed : judged).toSorted((a, b) => Math.abs(a.after - 5) - Math.abs(b.after - 5))[0];
}

/** Words for a baseline's id; an unknown one stands for itself. */
export function baselineName(baseline: string, t: Translate, form: 'baselines' | 'baselineShort' = 'baselines'): string {
  const known = BASELINES.find((candidate) => candidate === baseline);
  return known === undefined ? baseline : t(`model.${form}.${known}`);
}

/**
 * What the diagnostics say in a sentence or two. "Better" and "worse" are only said where the 95% interval of the difference leaves
 * zero out; otherwise the two are about equal.
 */
export function modelSentence(diagnostics: Diagnostics, t: Translate, format: Format): string {
  const sentences: string[] = [];
  const bin = diagnostics.reliability
    .filter(({ answers }) => answers >= 30)
    .toSorted((a, b) => Math.abs(a.forecast - 0.7) - Math.abs(b.forecast - 0.7))[0];
  if (bin !== undefined) {
    sentences.push(
      t('model.leadReliability', { forecast: format.percent(bin.forecast), observed: format.percent(bin.observed) }),
    );
  }
  const point = headlinePoint(diagnostics.accuracy);
  if (point !== undefined && point.auc !== null && point.baselineAuc !== null) {
    const { difference } = point;
    const ahead = difference !== null && difference.low > 0;
    const behind = difference !== null && difference.high < 0;
    sentences.push(
      t(ahead ? 'model.leadAhead' : behind ? 'model.leadBehind' : 'model.leadEqual', {
        answers: t('terms.answers', { count: point.after }),
        baseline: baselineName(diagnostics.baseline, t),
        auc: format.number(point.auc, 3),
        baselineAuc: format.number(point.baselineAuc, 3),
      }),
    );
  }
  if (sentences.length === 0)
    return t('model.leadNoJudgement', { students: t('terms.students', { count: diagnostics.provenance.students }) });
  return sentences.join(format.language === 'zh' ? '' : ' ');
}
