import { useMemo, useSyncExternalStore } from 'react';
import type { Place } from './place.ts';
import { parsePlace, placeHash } from './place.ts';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The place that the address names, kept up with the address. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parsePlace(hash), [hash]);
}

export function goTo(place: Place): void {
  window.location.hash = placeHash(place);
}
