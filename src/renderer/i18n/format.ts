import type { Estimate } from '../../shared/domain.ts';
import { DAY_MS } from '../../shared/time.ts';
import { kept } from './kept.ts';
import { LANGUAGE_TAGS } from './language.ts';
import type { Language } from './language.ts';

export interface Format {
  readonly language: Language;
  /** 12345 → "12,345" */
  number(value: number, digits?: number): string;
  /** 0.723 → "72%" */
  percent(value: number, digits?: number): string;
  /** { 0.723, 0.08 } → "72% ± 8": the value and one standard error, in percentage points. */
  estimate(value: Estimate): string;
  /** { 7.2, 2.1 } (percentage points) → "+7 ± 2" */
  gain(value: Estimate): string;
  /** 12 → "12 min" */
  minutes(value: number): string;
  /** What is left of a job: "40 sec", "3 min". */
  duration(milliseconds: number): string;
  /** 1536000 → "1.5 MB" */
  bytes(value: number): string;
  /** As people say it: "today", "2 days ago", then a date. */
  day(timestamp: number, now: number): string;
  /** Whole days past: "today", "yesterday", "3 weeks ago", "2 months ago". */
  ago(days: number): string;
  /** "24 November 2026, 13:05" */
  exactTime(timestamp: number): string;
  date(timestamp: number): string;
  /** ["a", "b", "c"] → "a, b and c" */
  list(words: readonly string[]): string;
  /** Order of names as people expect it in this language. */
  compare(a: string, b: string): number;
}

function small(value: number, digitsBelowOne = 1): number {
  const size = Math.abs(value);
  if (size === 0 || size >= 1) return 0;
  // Over hundreds of target skills a step's share is a few hundredths.
  return size >= 0.1 ? digitsBelowOne : digitsBelowOne + 1;
}

/** Numbers, dates and lists in the words of one language. */
export function createFormat(language: Language): Format {
  const tag = LANGUAGE_TAGS[language];
  // Making a formatter is slow, and a heat map asks for thousands of numbers: one for each number of digits.
  const formatters = new Map<string, Intl.NumberFormat>();
  const formatter = (style: 'decimal' | 'percent', digits: number): Intl.NumberFormat => {
    const key = `${style} ${digits}`;
    let made = formatters.get(key);
    if (made === undefined) {
      made = new Intl.NumberFormat(tag, { style, minimumFractionDigits: digits, maximumFractionDigits: digits });
      formatters.set(key, made);
    }
    return made;
  };
  const decimals = (value: number, digits: number) => formatter('decimal', digits).format(value);
  // British "mins" and "secs" read oddly beside numbers: units are written the American way.
  const unit = (value: number, name: 'minute' | 'second' | 'hour') =>
    new Intl.NumberFormat(language === 'en' ? 'en-US' : tag, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: 0,
    }).format(value);
  const days = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const dates = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' });
  const times = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' });
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' });
  const order = new Intl.Collator(tag, { numeric: true });
  const percent = (value: number, digits = 0) => formatter('percent', digits).format(value);
  const wholePercent = kept(percent);
  const points = kept((value) => decimals(value, small(value)));

  return {
    language,
    number: (value, digits = 0) => decimals(value, digits),
    percent,
    estimate: ({ value, standardError }) => `${wholePercent(value)} ± ${points(100 * standardError)}`,
    gain: ({ value, standardError }) => {
      const digits = Math.max(small(value), small(standardError));
      const sign = Number(value.toFixed(digits)) > 0 ? '+' : '';
      return `${sign}${decimals(value, digits)} ± ${decimals(standardError, digits)}`;
    },
    minutes: (value) => unit(Math.max(1, Math.round(value)), 'minute'),
    duration: (milliseconds) => {
      const seconds = Math.ceil(milliseconds / 1000);
      if (seconds < 90) return unit(seconds, 'second');
      if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
      return unit(Math.round(seconds / 3600), 'hour');
    },
    bytes: (value) => {
      const [size, name] = value < 1e6 ? ([value / 1e3, 'kilobyte'] as const) : ([value / 1e6, 'megabyte'] as const);
      return new Intl.NumberFormat(tag, {
        style: 'unit',
        unit: name,
        unitDisplay: 'short',
        maximumFractionDigits: size < 10 ? 1 : 0,
      }).format(size);
    },
    day: (timestamp, now) => {
      const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
      const passed = Math.round((midnight(now) - midnight(timestamp)) / DAY_MS);
      return passed >= 0 && passed <= 7 ? days.format(-passed, 'day') : dates.format(timestamp);
    },
    ago: (passed) =>
      passed < 14
        ? days.format(-passed, 'day')
        : passed < 61
          ? days.format(-Math.round(passed / 7), 'week')
          : days.format(-Math.round(passed / 30.4), 'month'),
    exactTime: (timestamp) => times.format(timestamp),
    date: (timestamp) => dates.format(timestamp),
    list: (words) => lists.format(words),
    compare: (a, b) => order.compare(a, b),
  };
}
