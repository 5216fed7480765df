import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

interface Announcement {
  readonly text: string;
  readonly number: number;
}

interface Announcer {
  readonly announce: (text: string) => void;
  readonly latest: Announcement | undefined;
}

const AnnouncerContext = createContext<Announcer>({ announce: () => undefined, latest: undefined });

/** One polite live region for the whole window: what happened, said once. */
export function AnnouncerProvider({ children }: { readonly children: ReactNode }) {
  const [latest, setLatest] = useState<Announcement>();
  const announce = useCallback((text: string) => setLatest((before) => ({ text, number: (before?.number ?? 0) + 1 })), []);
  const value = useMemo(() => ({ announce, latest }), [announce, latest]);
  return (
    <AnnouncerContext value={value}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite">
        {latest === undefined ? null : <p key={latest.number}>{latest.text}</p>}
      </div>
    </AnnouncerContext>
  );
}

export function useAnnounce(): (text: string) => void {
  return use(AnnouncerContext).announce;
}
