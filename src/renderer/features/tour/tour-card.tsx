import { useEffect, useId } from 'react';
import { Dialog, Heading } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { goTo } from '../../routing/use-place.ts';
import { useTour } from './tour-context.tsx';
import { TOUR_STEPS, tourPlace } from './tour-steps.ts';
import type { TourStep } from './tour-steps.ts';

/** Room above what is scrolled to, for the line around it; px. */
const ROOM_ABOVE = 28;

/** Names the step to the stylesheet, and brings what it speaks of into sight as soon as it is there. */
function useInSight({ id, shows }: TourStep) {
  useEffect(() => {
    document.documentElement.dataset['tour'] = id;
    const content = document.getElementById('content');
    const find = () => {
      const part = document.querySelector(shows);
      if (part === null || content === null) return false;
      const whole = part.closest('.class-now') ?? part.closest('.section, .page-header') ?? part;
      content.scrollBy({ top: whole.getBoundingClientRect().top - content.getBoundingClientRect().top - ROOM_ABOVE });
      return true;
    };
    const observer = new MutationObserver(() => {
      if (find()) observer.disconnect();
    });
    if (!find() && content !== null) observer.observe(content, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      delete document.documentElement.dataset['tour'];
    };
  }, [id, shows]);
}

function Card({ at, step }: { readonly at: number; readonly step: TourStep }) {
  const { t, format } = useWords();
  const { show, end } = useTour();
  const textId = useId();
  const overview = useRoute('classes.overview', useClassChoice()).data;
  // Of those whose step helps most: their path has something to show.
  const studentId = overview?.focus[0]?.students[0] ?? overview?.students[0]?.id;
  useInSight(step);
  const last = at === TOUR_STEPS.length - 1;
  const move = (to: number) => {
    const next = TOUR_STEPS[to];
    if (next === undefined) return;
    show(to);
    if (next.on !== step.on) goTo(tourPlace(next, studentId));
  };
  return (
    <aside
      className="tour-card no-print"
      aria-label={t('tour.name')}
      data-keeps-focus
      onKeyDown={(event) => {
        if (event.key === 'Escape') end();
      }}
    >
      {/* A dialog of its own for each step, so that its name is read when the focus comes into it. */}
      <Dialog key={step.id} className="tour-dialog" aria-describedby={textId}>
        <Heading slot="title" className="tour-title">
          <span className="tour-count">
            {t('tour.step', { step: format.number(at + 1), of: format.number(TOUR_STEPS.length) })}
          </span>{' '}
          {t(`tour.steps.${step.id}.title`)}
        </Heading>
        <p id={textId}>{t(`tour.steps.${step.id}.text`)}</p>
        <div className="tour-actions">
          <Button kind="primary" autoFocus onPress={last ? end : () => move(at + 1)}>
            {t(last ? 'tour.done' : 'tour.next')}
          </Button>
          {at === 0 ? null : <Button onPress={() => move(at - 1)}>{t('tour.back')}</Button>}
          {last ? null : (
            <Button kind="quiet" onPress={end}>
              {t('tour.skip')}
            </Button>
          )}
        </div>
      </Dialog>
    </aside>
  );
}

/** The card in the corner that leads through the screens; all else stays usable beside it. */
export function TourCard() {
  const { step: at } = useTour();
  const step = at === undefined ? undefined : TOUR_STEPS[at];
  return at === undefined || step === undefined ? null : <Card at={at} step={step} />;
}
