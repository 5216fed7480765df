import { useEffect, useMemo } from 'react';
import { Page, Section } from '../../components/page.tsx';
import { Loaded, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { skillNames } from '../../../shared/skill-names.ts';
import { DriftBanner } from './drift-banner.tsx';
import { leadWords } from './feedback-words.ts';
import { ForecastSections } from './forecast-sections.tsx';
import { PlansSection } from './plans-section.tsx';
import { RetrainedSection } from './retrained-section.tsx';

/** What was forecast and planned, against what then happened. */
export function FeedbackScreen() {
  const { t, format } = useWords();
  const state = useRoute('feedback.get', {});
  const { reload } = state;
  // A plan that was handed out since is no change of the gradebook that every screen would have to hear of.
  useEffect(() => reload(), [reload]);
  const map = useRoute('skills.map', {});
  const names = useMemo(() => skillNames(map.data?.skills ?? []), [map.data?.skills]);
  return (
    <Page title={t('feedback.title')} lead={state.data === undefined ? <Skeleton lines={1} /> : leadWords(state.data, t, format)}>
      <Loaded state={state}>
        {(feedback) => (
          <>
            {feedback.drift === null ? null : <DriftBanner drift={feedback.drift} names={names} />}
            {feedback.forecasts === null ? (
              <Section title={t('feedback.bands')}>
                <p className="note">{t('feedback.emptyForecasts')}</p>
              </Section>
            ) : (
              <ForecastSections forecasts={feedback.forecasts} trained={feedback.trained} names={names} />
            )}
            <RetrainedSection />
            <PlansSection feedback={feedback} names={names} />
            {feedback.forecasts === null ? null : (
              <p className="note watching">
                {t('feedback.watching', { count: feedback.watched.answers })} {t('feedback.watchingNote')}
              </p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
