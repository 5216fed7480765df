import { createContext, use, useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { usePreferences } from '../../preferences/preferences.tsx';
import { goTo } from '../../routing/use-place.ts';

/** The tour through the screens: it runs only when a person asks for it. */
export interface Tour {
  /** Place of the current step; undefined while no tour is taken. */
  readonly step: number | undefined;
  readonly start: () => void;
  readonly show: (step: number) => void;
  /** Finished or skipped: it is not offered again. */
  readonly end: () => void;
}

const TourContext = createContext<Tour | undefined>(undefined);

export function TourProvider({ children }: { readonly children: ReactNode }) {
  const { set } = usePreferences();
  const [step, setStep] = useState<number>();
  const startedFrom = useRef<Element>(null);
  const start = useCallback(() => {
    startedFrom.current = document.activeElement;
    goTo({ screen: 'class' });
    setStep(0);
  }, []);
  const end = useCallback(() => {
    // What it was started from is mostly gone by now: then the screen's name, where each screen begins.
    const from = startedFrom.current;
    const back = from instanceof HTMLElement && from.isConnected && from !== document.body ? from : null;
    (back ?? document.querySelector<HTMLElement>('.page-title'))?.focus();
    setStep(undefined);
    set({ tourSettled: true });
  }, [set]);
  const tour = useMemo(() => ({ step, start, show: setStep, end }), [step, start, end]);
  return <TourContext value={tour}>{children}</TourContext>;
}

export function useTour(): Tour {
  const tour = use(TourContext);
  if (tour === undefined) throw new Error('A screen was rendered outside TourProvider.');
  return tour;
}
