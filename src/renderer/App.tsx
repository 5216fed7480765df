import { useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import type { PathlightApi } from '../shared/contract/index.ts';
import { AnnouncerProvider } from './components/announcer.tsx';
import { ApplicationProvider } from './data/application-context.tsx';
import { Frame } from './features/frame/frame.tsx';
import { createI18n } from './i18n/create-i18n.ts';
import { LANGUAGE_TAGS } from './i18n/language.ts';
import { PreferencesProvider, usePreferences } from './preferences/preferences.tsx';

function Localised({ api }: { readonly api: PathlightApi }) {
  const { language } = usePreferences().preferences;
  const i18n = useMemo(() => createI18n(language), [language]);
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAGS[language];
  }, [language]);
  return (
    <I18nProvider locale={LANGUAGE_TAGS[language]}>
      <I18nextProvider i18n={i18n}>
        <AnnouncerProvider>
          <ApplicationProvider api={api}>
            <Frame />
          </ApplicationProvider>
        </AnnouncerProvider>
      </I18nextProvider>
    </I18nProvider>
  );
}

/** The whole window; `api` is the application behind it. */
export function App({ api }: { readonly api: PathlightApi }) {
  return (
    <PreferencesProvider>
      <Localised api={api} />
    </PreferencesProvider>
  );
}
