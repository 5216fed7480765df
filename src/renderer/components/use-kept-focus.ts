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
      within.current = target instanceof Node && (element.current?.contains(target) ?? false);
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
    if (within.current && (document.activeElement === null || document.activeElement === document.body))
      element.current?.focus({ preventScroll: true });
  });
  return element;
}
