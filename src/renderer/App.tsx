import { useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { PathlightApi } from '../shared/contract/index.ts';
import { AnnouncerProvider } from './components/announcer.tsx';
import { ApplicationProvider } from './data/application-context.tsx';
import { Frame } from './features/frame/frame.tsx';
import { LANGUAGE_TAGS } from './i18n/language.ts';
import { WordsContext, createWords } from './i18n/use-words.ts';
import { PreferencesProvider, usePreferences } from './preferences/preferences.tsx';

function Localised({ api }: { readonly api: PathlightApi }) {
  const { language } = usePreferences().preferences;
  const words = useMemo(() => createWords(language), [language]);
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAGS[language];
  }, [language]);
  return (
    <I18nProvider locale={LANGUAGE_TAGS[language]}>
      <WordsContext value={words}>
        <AnnouncerProvider>
          <ApplicationProvider api={api}>
            <Frame />
          </ApplicationProvider>
        </AnnouncerProvider>
      </WordsContext>
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
