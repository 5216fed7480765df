import { Icon } from '../../components/icon.tsx';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../preferences/preferences.tsx';
import { SCREENS, placeHash, railScreen } from '../../routing/place.ts';
import type { Place } from '../../routing/place.ts';

/** The way to every screen, as words with signs; narrow, the words stay for screen readers and as tooltips. */
export function Rail({ place }: { readonly place: Place }) {
  const { t } = useWords();
  const { preferences, set } = usePreferences();
  const current = railScreen(place);
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <a className="rail-brand" href="#/class" aria-label={t('app.name')}>
        <img src="./icon.svg" alt="" width={28} height={28} />
        <span className="rail-word">{t('app.name')}</span>
      </a>
      <ul className="rail-list">
        {SCREENS.map((screen) => (
          <li key={screen} className={screen === 'model' ? 'rail-break' : undefined}>
            <a
              className="rail-link"
              href={placeHash({ screen })}
              title={preferences.railCollapsed ? t(`rail.${screen}`) : undefined}
              aria-current={screen === current ? 'page' : undefined}
            >
              <Icon name={screen} />
              <span className="rail-word">{t(`rail.${screen}`)}</span>
            </a>
          </li>
        ))}
      </ul>
      <div className="rail-foot">
        <Button
          kind="quiet"
          icon="rail"
          aria-label={t(preferences.railCollapsed ? 'rail.expand' : 'rail.collapse')}
          onPress={() => set({ railCollapsed: !preferences.railCollapsed })}
        />
      </div>
    </nav>
  );
}
