import { createInstance } from 'i18next';
import type { i18n } from 'i18next';
import { en } from '../locales/en.ts';
import { zh } from '../locales/zh.ts';
import type { Language } from './language.ts';

/** All words, loaded at once: they are small and the app has no network. React escapes what is shown. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: ['en', 'zh'],
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  });
  return instance;
}
