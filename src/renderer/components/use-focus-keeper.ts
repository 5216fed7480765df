import { useEffect } from 'react';

const RESTS = 'section, article, main, [role="dialog"], [role="alertdialog"]';

const isLost = (element: Element): boolean => !element.isConnected || element.matches(':disabled');

/** The innermost part around an element that is still there; parts are listed from the inside. */
function nearest(parts: readonly Element[]): HTMLElement | undefined {
  return parts.find((part): part is HTMLElement => part instanceof HTMLElement && part.isConnected);
}

/**
 * The focus never gets lost: where what has it is taken away or can no longer be pressed (a row that was deleted, an undo that has nothing left to
 * undo), it goes to the part of the screen that it stood in. What knows a better place gives it the focus itself, within two frames.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let held: Element | undefined;
    let parts: readonly Element[] = [];
    let frame = 0;
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      held = target;
      parts = partsAround(target);
    };
    // A press beside everything gives the focus up on purpose.
    const onPress = (): void => void (held = undefined);
    const look = (): void => {
      const { activeElement, body } = document;
      if (held === undefined || !isLost(held) || (activeElement !== null && activeElement !== body)) return;
      const rest = nearest(parts);
      if (rest === undefined) return;
      if (!rest.hasAttribute('tabindex')) rest.tabIndex = -1;
      rest.focus({ preventScroll: true });
    };
    const later = (): void => {
      if (held === undefined || !isLost(held)) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => (frame = requestAnimationFrame(look)));
    };
    const observer = new MutationObserver(later);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPress);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPress);
    };
  }, []);
}

function partsAround(element: Element): Element[] {
  const parts: Element[] = [];
  for (let part = element.parentElement?.closest(RESTS); part; part = part.parentElement?.closest(RESTS)) parts.push(part);
  // A dialog that closes leaves the screen behind it.
  const content = document.getElementById('content');
  if (content !== null && !parts.includes(content)) parts.push(content);
  return parts;
}
