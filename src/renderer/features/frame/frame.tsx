import { useEffect, useState } from 'react';
import { useFocusKeeper } from '../../components/use-focus-keeper.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../preferences/preferences.tsx';
import { railScreen } from '../../routing/place.ts';
import { usePlace } from '../../routing/use-place.ts';
import { ImportSessionProvider } from '../imports/import-session.tsx';
import { TourCard } from '../tour/tour-card.tsx';
import { TourProvider } from '../tour/tour-context.tsx';
import { Boundary } from './boundary.tsx';
import { CommandPalette } from './command-palette.tsx';
import { JobOutcomes } from './job-outcomes.tsx';
import { Notices } from './notices.tsx';
import { Rail } from './rail.tsx';
import { ScreenOf } from './screen.tsx';
import { TopBar } from './top-bar.tsx';

/** Rail, top bar and the screen that the address names. */
export function Frame() {
  const { t } = useWords();
  const place = usePlace();
  const { railCollapsed } = usePreferences().preferences;
  const [searching, setSearching] = useState(false);

  useFocusKeeper();
  useEffect(() => setSearching(false), [place]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setSearching((open) => !open);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <ImportSessionProvider>
      <TourProvider>
        <div className={`frame ${railCollapsed ? 'frame-narrow' : ''}`}>
          <a
            className="skip-link"
            href="#content"
            onClick={(event) => {
              // The hash is the address of a screen, so the jump is made by hand.
              event.preventDefault();
              document.getElementById('content')?.focus();
            }}
          >
            {t('app.skipToContent')}
          </a>
          <Rail place={place} />
          <div className="frame-main">
            <TopBar onSearch={() => setSearching(true)} />
            <main id="content" className="content" tabIndex={-1}>
              <Notices />
              <Boundary key={JSON.stringify(place)}>
                <ScreenOf place={place} />
              </Boundary>
            </main>
          </div>
          <TourCard />
          <JobOutcomes screen={railScreen(place)} />
          <CommandPalette open={searching} onClose={() => setSearching(false)} />
        </div>
      </TourProvider>
    </ImportSessionProvider>
  );
}
