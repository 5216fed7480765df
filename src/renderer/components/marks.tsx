import type { Estimate } from '../../shared/domain.ts';
import { useWords } from '../i18n/use-words.ts';
import { MASTERY_STEPS, masteryStep } from './mastery.ts';

/** Mastery as a circle that fills up in quarters, in five steps of one hue: readable without colour and in grey print. */
export function MasteryMark({
  value,
  enough = true,
  size = 16,
}: {
  readonly value: number;
  readonly enough?: boolean;
  readonly size?: number;
}) {
  const step = masteryStep(value);
  return (
    <span
      className={`mastery-mark mastery-${step} ${enough ? '' : 'unsure'}`}
      style={{ inlineSize: size, blockSize: size }}
      aria-hidden="true"
    />
  );
}

/** Mastery with its word and number. */
export function Mastery({ mastery, enough }: { readonly mastery: Estimate; readonly enough: boolean }) {
  const { t, format } = useWords();
  const step = MASTERY_STEPS[masteryStep(mastery.value)] ?? 'notYet';
  return (
    <span className="mastery" title={`${t('terms.masteryMeans')} ${format.estimate(mastery)}`}>
      <MasteryMark value={mastery.value} enough={enough} />
      <span>{enough ? t(`terms.step.${step}`) : t('terms.notEnough')}</span>
    </span>
  );
}

export interface ForecastLineProperties {
  readonly forecast: Estimate;
  readonly enough?: boolean;
  /** Where it stood before, drawn hollow. */
  readonly before?: Estimate;
  readonly showNumber?: boolean;
}

function percentOf(value: number): string {
  return `${100 * Math.min(1, Math.max(0, value))}%`;
}

/** Forecast as a dot on a 0–100 line with a bar of ± one standard error. */
export function ForecastLine({ forecast, enough = true, before, showNumber = true }: ForecastLineProperties) {
  const { t, format } = useWords();
  const low = Math.max(0, forecast.value - forecast.standardError);
  const high = Math.min(1, forecast.value + forecast.standardError);
  return (
    <span className={`forecast ${enough ? '' : 'unsure'}`} title={`${t('terms.forecastMeans')} ${t('terms.error')}`}>
      <span className="forecast-line" aria-hidden="true">
        <span className="forecast-bar" style={{ insetInlineStart: percentOf(low), inlineSize: percentOf(high - low) }} />
        {before === undefined ? null : (
          <>
            <span
              className="forecast-move"
              style={{
                insetInlineStart: percentOf(Math.min(before.value, forecast.value)),
                inlineSize: percentOf(Math.abs(forecast.value - before.value)),
              }}
            />
            <span className="forecast-dot forecast-dot-before" style={{ insetInlineStart: percentOf(before.value) }} />
          </>
        )}
        <span className="forecast-dot" style={{ insetInlineStart: percentOf(forecast.value) }} />
      </span>
      {showNumber ? <span className="forecast-number">{format.estimate(forecast)}</span> : null}
    </span>
  );
}
