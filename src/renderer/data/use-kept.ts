import { useCallback, useState } from 'react';

const PREFIX = 'pathlight.kept.';

/** What is kept under a key, once; undefined where nothing valid is. */
export function readKept<Value>(key: string, valid: (value: unknown) => value is Value): Value | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null');
    return valid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value without a screen's state: for what changes with every key. */
export function writeKept(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden store: it is kept for as long as the screen is open.
  }
}

/**
 * State of a screen that outlives a reload and a look at another screen, and ends with the window: half-typed words, filters, how something is shown. What is
 * damaged or of an older version (`valid` says no) counts as not there.
 * @param key names the place, with the student or class that it is about
 */
export function useKept<Value>(
  key: string,
  initial: Value,
  valid: (value: unknown) => value is Value,
): readonly [Value, (value: Value) => void] {
  const [held, setHeld] = useState(() => ({ key, value: readKept(key, valid) ?? initial }));
  const now = held.key === key ? held.value : (readKept(key, valid) ?? initial);
  const set = useCallback(
    (value: Value) => {
      setHeld({ key, value });
      writeKept(key, value);
    },
    [key],
  );
  return [now, set];
}

export const isText = (value: unknown): value is string => typeof value === 'string';

export const useKeptText = (key: string) => useKept(key, '', isText);

/** One of a few. @param options must not change from call to call */
export function useKeptChoice<Value extends string>(key: string, options: readonly Value[], initial: Value) {
  const valid = useCallback((value: unknown): value is Value => options.some((option) => option === value), [options]);
  return useKept<Value>(key, initial, valid);
}
