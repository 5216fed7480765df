import { useRef } from 'react';
import type { Range, VirtualItem } from '@tanstack/react-virtual';

/** What is drawn grows in steps of so many rows or columns beyond what is in view: most moves of the cursor then draw nothing new. */
const STEP = 4;

/** The rows or columns to draw for those in view, to whole steps with one step to spare on both sides. */
export function wholeSteps({ startIndex, endIndex, count }: Range): number[] {
  const first = Math.max(0, (Math.floor(startIndex / STEP) - 1) * STEP);
  const last = Math.min(count, (Math.floor(endIndex / STEP) + 2) * STEP);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

/** The same array as before where the same items are in it. */
export function useStableItems(items: VirtualItem[]): VirtualItem[] {
  const known = useRef(items);
  const same =
    known.current.length === items.length &&
    known.current[0]?.index === items[0]?.index &&
    known.current.at(-1)?.index === items.at(-1)?.index;
  if (!same) known.current = items;
  return known.current;
}
