/** Where in a title a rule looks; `pattern` is the whole title with `*` for anything, also nothing. */
export interface TitleRule {
  readonly place: 'contains' | 'begins' | 'ends' | 'pattern';
  readonly text: string;
}

/** Titles as they are compared: width, case and runs of spaces do not count. */
export const plainTitle = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('en').replaceAll(/\s+/g, ' ').trim();

/** Whether a rule fits a title. A rule of nothing fits nothing. */
export function titleMatcher(rule: TitleRule): (title: string) => boolean {
  const text = plainTitle(rule.text);
  if (text === '') return () => false;
  switch (rule.place) {
    case 'contains':
      return (title) => plainTitle(title).includes(text);
    case 'begins':
      return (title) => plainTitle(title).startsWith(text);
    case 'ends':
      return (title) => plainTitle(title).endsWith(text);
    case 'pattern':
      return (title) => fitsPattern(text, plainTitle(title));
  }
}

/**
 * The whole text against a pattern in which `*` is anything: what follows the last star is tried one place further on where it does not
 * fit, so that no pattern takes more than |pattern| × |text| steps, which a regular expression cannot promise.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  let [at, to] = [0, 0];
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    if (pattern[to] === '*') {
      star = to++;
      taken = at;
    } else if (pattern[to] === text[at]) {
      at++;
      to++;
    } else if (star >= 0) {
      to = star + 1;
      at = ++taken;
    } else return false;
  }
  while (pattern[to] === '*') to++;
  return to === pattern.length;
}
