import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/**
 * Where what has the focus is taken away (a warning that was set aside, a button that has done its work), the focus goes to the element that it stood
 * in, instead of getting lost. The element needs a `tabIndex` of −1.
 */
export function useKeptFocus<Kept extends HTMLElement>(): RefObject<Kept | null> {
  const element = useRef<Kept>(null);
  const within = useRef(false);
  useEffect(() => {
    const look = ({ target }: Event) => {
      if (!(target instanceof Element)) return;
      // A dialog that was opened from within belongs to it: what opened it may be gone when it closes.
      const ofDialog = within.current && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
      within.current = ofDialog || (element.current?.contains(target) ?? false);
    };
    document.addEventListener('focusin', look);
    // A press beside everything gives the focus up on purpose.
    document.addEventListener('pointerdown', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('pointerdown', look);
    };
  }, []);
  useEffect(() => {
    // A dialog that closes gives the focus back first, in the same frame.
    const frame = requestAnimationFrame(() => {
      if (within.current && (document.activeElement === null || document.activeElement === document.body))
        element.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  });
  return element;
}
