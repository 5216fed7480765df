import type { Feedback } from '../../../shared/contract/trust.ts';
import { IntervalChart } from '../../components/charts/interval-chart.tsx';
import { ReliabilityDiagram } from '../../components/charts/reliability-diagram.tsx';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { ComparisonTable } from './comparison-table.tsx';

type Forecasts = NonNullable<Feedback['forecasts']>;

/** Days in the chart; the table has them all. */
const SHOWN_DAYS = 14;

function Bands({ forecasts, trained }: { readonly forecasts: Forecasts; readonly trained: Feedback['trained'] }) {
  const { t, format } = useWords();
  const now = format.number(forecasts.logLoss, 3);
  return (
    <Section title={t('feedback.bands')} note={t('feedback.bandsNote')}>
      <ReliabilityDiagram bins={forecasts.bands} />
      <p className="finding">
        {forecasts.ece <= forecasts.ecePerfect
          ? t('feedback.within')
          : t('feedback.beyond', { ece: format.percent(forecasts.ece, 1), chance: format.percent(forecasts.ecePerfect, 1) })}
      </p>
      <p className="note">
        {trained === null
          ? t('feedback.trainedNone', { now })
          : t('feedback.trained', {
              now,
              then: format.number(trained.logLoss, 3),
              after: t('terms.answers', { count: trained.after }),
            })}
      </p>
    </Section>
  );
}

function OverTime({ occasions }: { readonly occasions: Forecasts['occasions'] }) {
  const { t, format } = useWords();
  const shown = occasions.slice(-SHOWN_DAYS);
  // Two models may have spoken on one day.
  const days = shown.map(({ at }, index) => {
    const day = format.date(at);
    const twin = shown.slice(0, index).filter((each) => format.date(each.at) === day).length;
    return twin === 0 ? day : `${day} (${twin + 1})`;
  });
  return (
    <Section title={t('feedback.time')} note={t('feedback.timeNote')}>
      <figure className="chart" aria-label={t('feedback.time')}>
        <IntervalChart
          label={t('feedback.time')}
          axis={t('feedback.difference')}
          nameWidth={152}
          rows={shown.map(({ difference }, index) => ({
            name: days[index]!,
            value: 100 * difference.value,
            low: 100 * difference.low,
            high: 100 * difference.high,
          }))}
        />
        <details className="chart-table">
          <summary>{t('app.table')}</summary>
          <ComparisonTable
            label={t('feedback.time')}
            what={t('feedback.day')}
            rows={occasions.toReversed()}
            nameOf={({ at }) => format.date(at)}
            marks={false}
          />
        </details>
      </figure>
    </Section>
  );
}

/** Forecasts against what happened: in bands, over time, by skill, by group. */
export function ForecastSections(properties: {
  readonly forecasts: Forecasts;
  readonly trained: Feedback['trained'];
  readonly names: SkillNames;
}) {
  const { forecasts, trained, names } = properties;
  const { t } = useWords();
  return (
    <>
      <div className="two-columns">
        <Bands forecasts={forecasts} trained={trained} />
        <OverTime occasions={forecasts.occasions} />
      </div>
      <Section title={t('feedback.skills')} note={t('feedback.skillsNote')}>
        <ComparisonTable
          label={t('feedback.skills')}
          what={t('terms.skill')}
          rows={forecasts.skills}
          nameOf={({ skill }) => names(skill)}
        />
      </Section>
      <Section title={t('feedback.groups')}>
        <ComparisonTable
          label={t('feedback.groups')}
          what={t('feedback.group')}
          rows={forecasts.groups}
          nameOf={({ kind, name }) => t(`feedback.groupKinds.${kind}`, { name: name ?? '' })}
        />
      </Section>
    </>
  );
}
