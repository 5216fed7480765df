import { ForecastLine, MasteryMark } from '../../components/marks.tsx';
import { MASTERY_STEPS } from '../../components/mastery.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Metric } from './heat-map-row.tsx';

/** What the marks of the heat map mean. */
export function Legend({ metric }: { readonly metric: Metric }) {
  const { t } = useWords();
  if (metric === 'forecast') {
    return (
      <div className="legend">
        <span className="legend-line">
          0
          <ForecastLine forecast={{ value: 0.6, standardError: 0.12 }} showNumber={false} />
          100%
        </span>
        <span className="note">{t('class.forecastLegend')}</span>
      </div>
    );
  }
  return (
    <div className="legend">
      {MASTERY_STEPS.map((step, index) => (
        <span key={step} className="legend-step">
          <MasteryMark value={(index + 0.5) / 5} />
          {t(`terms.step.${step}`)}
        </span>
      ))}
      <span className="note">{t('class.masteryLegend')}</span>
    </div>
  );
}
