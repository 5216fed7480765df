import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Language } from '../i18n/language.ts';
import { preferredLanguage } from '../i18n/language.ts';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** What this person chose for this window; kept in the browser's own storage, never in the gradebook. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly railCollapsed: boolean;
  /** Null: everyone; undefined: not chosen yet, so the current class. */
  readonly classId: string | null | undefined;
  /** Length of a lesson in minutes, and the largest group that this teacher wants in it. */
  readonly lessonMinutes: number;
  readonly groupSize: number;
  /** The tour was taken, skipped or dismissed: it is not offered any more. */
  readonly tourSettled: boolean;
}

export const LESSON_MINUTES = [30, 40, 45, 50, 60, 80, 90] as const;
export const GROUP_SIZES = [3, 4, 5, 6, 8, 10, 12, 30] as const;

const STORAGE_KEY = 'pathlight.preferences';

/** Reads what was kept; anything missing or damaged falls back to the system's own choice. */
export function readPreferences(stored: string | null, systemLanguages: readonly string[]): Preferences {
  let kept: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) kept = parsed;
  } catch {
    // Damaged: start again from the defaults.
  }
  return {
    language: kept.language === 'en' || kept.language === 'zh' ? kept.language : preferredLanguage(systemLanguages),
    theme: THEMES.find((theme) => theme === kept.theme) ?? 'system',
    railCollapsed: kept.railCollapsed === true,
    classId: typeof kept.classId === 'string' || kept.classId === null ? kept.classId : undefined,
    lessonMinutes: LESSON_MINUTES.find((minutes) => minutes === kept.lessonMinutes) ?? 45,
    groupSize: GROUP_SIZES.find((size) => size === kept.groupSize) ?? 8,
    tourSettled: kept.tourSettled === true,
  };
}

interface PreferencesAndSet {
  readonly preferences: Preferences;
  readonly set: (change: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<PreferencesAndSet | undefined>(undefined);

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [preferences, setPreferences] = useState(() => readPreferences(localStorage.getItem(STORAGE_KEY), navigator.languages));
  const set = useCallback((change: Partial<Preferences>) => setPreferences((now) => ({ ...now, ...change })), []);
  useEffect(() => {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
    document.documentElement.dataset['theme'] = preferences.theme;
  }, [preferences]);
  const value = useMemo(() => ({ preferences, set }), [preferences, set]);
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): PreferencesAndSet {
  const value = use(PreferencesContext);
  if (value === undefined) throw new Error('A screen was rendered outside PreferencesProvider.');
  return value;
}
