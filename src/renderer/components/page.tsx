import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { placeHash } from '../routing/place.ts';
import type { Place } from '../routing/place.ts';

export interface PageProperties {
  readonly title: string;
  /** The sentence that the person came for. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** The screen that this one is opened from, and what it is called. */
  readonly back?: { readonly to: Place; readonly label: string };
  /** Grids use all the width; text keeps to a width that reads well. */
  readonly wide?: boolean;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** A screen: its name, the sentence first, what can be done, then the content. Takes the focus when it opens. */
export function Page({ title, lead, actions, back, wide = false, className = '', children }: PageProperties) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { t } = useWords();
  useEffect(() => {
    // The tour's card walks through the screens and keeps the focus meanwhile.
    if (!document.activeElement?.closest('[data-keeps-focus]')) heading.current?.focus({ preventScroll: true });
    document.getElementById('content')?.scrollTo({ top: 0 });
  }, []);
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <>
      {back === undefined ? null : (
        <nav className="back no-print" aria-label={back.label}>
          <a href={placeHash(back.to)}>← {back.label}</a>
        </nav>
      )}
      <article className={`page ${wide ? 'page-wide' : ''} ${className}`}>
        <header className="page-header">
          <div className="page-words">
            <h1 ref={heading} tabIndex={-1} className="page-title">
              {title}
            </h1>
            {lead === undefined ? null : <div className="lead">{lead}</div>}
          </div>
          {actions === undefined ? null : <div className="page-actions">{actions}</div>}
        </header>
        {children}
      </article>
    </>
  );
}

export interface SectionProperties {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a screen with its heading. */
export function Section({ title, note, actions, className = '', children }: SectionProperties) {
  return (
    <section className={`section ${className}`} aria-label={title}>
      <div className="section-header">
        <div>
          <h2>{title}</h2>
          {note === undefined ? null : <p className="note">{note}</p>}
        </div>
        {actions === undefined ? null : <div className="section-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
