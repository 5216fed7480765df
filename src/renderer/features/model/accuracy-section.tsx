import { useState } from 'react';
import type { Diagnostics } from '../../../shared/contract/model.ts';
import { Choice } from '../../components/button.tsx';
import { AccuracyChart } from '../../components/charts/accuracy-chart.tsx';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { baselineName } from './model-sentence.ts';
import { firstWindow, pointsOf } from './report-reading.ts';

/** AUC by number of answers, beside all baselines. */
export function AccuracySection({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t } = useWords();
  const { report, bestBaseline } = diagnostics;
  const [window, setWindow] = useState(firstWindow(report));
  return (
    <Section title={t('model.accuracy')} note={t('model.accuracyNote')}>
      {report.points.length === 0 ? (
        <p className="note">{t('model.tooFew')}</p>
      ) : (
        <>
          {report.means.length > 1 ? (
            <Choice
              label={t('model.window')}
              value={window}
              options={[
                { value: 'fixed', label: t('model.windows.fixed'), title: t('model.windowsMeans.fixed') },
                { value: 'next', label: t('model.windows.next'), title: t('model.windowsMeans.next') },
              ]}
              onChange={setWindow}
            />
          ) : null}
          <AccuracyChart
            points={pointsOf(report, window)}
            best={bestBaseline}
            nameOf={(model) => (model === report.models[0] ? t('model.ours') : baselineName(model, t, 'baselineShort'))}
          />
        </>
      )}
    </Section>
  );
}
