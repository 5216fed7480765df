import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { Banner } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../preferences/preferences.tsx';
import { useTour } from './tour-context.tsx';

/** One line on the first class: the tour, and how to get to a student without it; until it was taken or dismissed. */
export function TourOffer() {
  const { t } = useWords();
  const announce = useAnnounce();
  const { preferences } = usePreferences();
  const { step, start, end } = useTour();
  if (preferences.tourSettled || step !== undefined) return null;
  return (
    <div className="tour-offer no-print">
      <Banner
        tone="information"
        actions={<Button onPress={start}>{t('tour.start')}</Button>}
        onDismiss={() => {
          end();
          announce(t('tour.dismissed'));
        }}
      >
        <p>{t('tour.offer')}</p>
      </Banner>
    </div>
  );
}
