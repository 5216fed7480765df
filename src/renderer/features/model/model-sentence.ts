import type { Diagnostics } from '../../../shared/contract/model.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import { differenceFrom, figuresOf, verdictOf } from './report-reading.ts';

const BASELINES = ['shrunk-irt', 'irt', 'question-mean', 'best-lr', 'pfa', 'bkt', 'dkt'] as const;
const SENTENCE = { ahead: 'model.leadAhead', equal: 'model.leadEqual', behind: 'model.leadBehind' } as const;

/** Words for a baseline's id; an unknown one stands for itself. */
export function baselineName(baseline: string, t: Translate, form: 'baselines' | 'baselineShort' = 'baselines'): string {
  const known = BASELINES.find((candidate) => candidate === baseline);
  return known === undefined ? baseline : t(`model.${form}.${known}`);
}

/** Whether adapting pays on this school's own students, and what is used where it does not. */
function comparisonSentences({ report, bestBaseline }: Diagnostics, t: Translate, format: Format): string[] {
  const mean = report.means[0];
  const other = bestBaseline === null ? undefined : mean?.figures.find(({ model }) => model === bestBaseline);
  const own = mean?.figures[0];
  if (mean === undefined || own === undefined || other === undefined) return [];
  const values = {
    students: t('terms.students', { count: report.points[0]?.students ?? 0 }),
    baseline: baselineName(other.model, t),
    count: report.models.length - 1,
  };
  const sentence = t(SENTENCE[verdictOf(differenceFrom(mean, other.model)?.logLoss)], values);
  if (own.auc === null || other.auc === null) return [sentence];
  const much = t('model.leadHowMuch', {
    auc: format.percent(own.auc, 1),
    baselineAuc: format.percent(other.auc, 1),
  });
  return [sentence, much];
}

/**
 * What the diagnostics say, the most important sentence first: is it worth it, what is used, by how much, can its percentages be taken at
 * their word.
 */
export function modelSentences(diagnostics: Diagnostics, t: Translate, format: Format): string[] {
  const { adopted, members, report } = diagnostics;
  const sentences: string[] = [];
  const comparison = comparisonSentences(diagnostics, t, format);
  if (adopted !== null) sentences.push(t('model.leadAdopted', { baseline: baselineName(adopted.baseline, t) }));
  sentences.push(...comparison);
  if (adopted === null && comparison.length > 0 && members.every(({ kind }) => kind !== 'trained'))
    sentences.push(t('model.leadUntrained'));
  const bin = diagnostics.reliability
    .filter(({ answers }) => answers >= 30)
    .toSorted((a, b) => Math.abs(a.forecast - 0.7) - Math.abs(b.forecast - 0.7))[0];
  if (bin !== undefined)
    sentences.push(
      t('model.leadReliability', { forecast: format.percent(bin.forecast), observed: format.percent(bin.observed) }),
    );
  if (sentences.length === 0 || report.points.length === 0)
    return [t('model.leadNoJudgement', { students: t('terms.students', { count: diagnostics.provenance.students }) })];
  return sentences;
}

type Report = Diagnostics['report'];
type Group = Report['groups'][number];

/** Whom, or what, the forecasts serve less well, of the groups at hand: where right and wrong are told apart least, and who would do better with the baseline. */
export function groupSentence(groups: readonly Group[], best: string | null, t: Translate, format: Format): string {
  const told = groups
    .flatMap(({ name, figures }) => (figures[0] === undefined || figures[0].auc === null ? [] : [{ name, auc: figures[0].auc }]))
    .toSorted((a, b) => a.auc - b.auc);
  const [least] = told;
  const most = told.at(-1);
  const sentences: string[] = [];
  if (least !== undefined && most !== undefined && told.length > 1)
    sentences.push(
      t('model.groupLeast', {
        least: t(`model.groupPlace.${least.name}`),
        leastAuc: format.percent(least.auc, 1),
        most: t(`model.groupPlace.${most.name}`),
        mostAuc: format.percent(most.auc, 1),
      }),
    );
  if (best !== null) {
    const behind = groups.filter((group) => verdictOf(differenceFrom(group, best)?.logLoss) === 'behind');
    const baseline = baselineName(best, t);
    if (behind.length === 0 && groups.length > 1) sentences.push(t('model.groupNoneBehind', { baseline }));
    if (behind.length > 0)
      sentences.push(
        t('model.groupBehind', { baseline, groups: format.list(behind.map(({ name }) => t(`model.groupPlace.${name}`))) }),
      );
  }
  return sentences.join(format.language === 'zh' ? '' : ' ');
}

/** Is the calibration within what chance leaves a perfect model, at every number of answers? */
export function calibrationSentence(points: Report['points'], t: Translate, format: Format): string {
  const outside = points.filter((point) => {
    const own = figuresOf(point, point.figures[0]?.model ?? null);
    return own !== undefined && own.ece > own.ecePerfect;
  });
  return outside.length === 0
    ? t('model.calibrationWithin')
    : t('model.calibrationOutside', {
        after: format.list(outside.map(({ after }) => format.number(after))),
        all: format.number(points.length),
        count: outside.length,
      });
}
