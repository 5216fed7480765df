import { isWrittenTogether, stem, tellingWords } from './terms.ts';

const MOST = 3;

interface Name {
  readonly id: string;
  readonly words: readonly string[];
}

const namingWords = (text: string): string[] => tellingWords(text).map(stem);

/**
 * Skills whose whole name a title says: "Fractions quiz 2" says Fractions, "Adding fractions" says the skill of that name and no longer
 * Fractions alone. More than three say too little of each.
 */
export function nameMatcher(skills: readonly { readonly id: string; readonly name: string }[]): (title: string) => string[] {
  const byWord = new Map<string, Name[]>();
  for (const { id, name } of skills) {
    const words = namingWords(name);
    // One character may be part of any word.
    if (words.length === 0 || (words.length === 1 && isWrittenTogether(words[0]!))) continue;
    const known = byWord.get(words[0]!);
    if (known) known.push({ id, words });
    else byWord.set(words[0]!, [{ id, words }]);
  }
  return (title) => {
    const words = namingWords(title);
    const said = words
      .flatMap((word, index) => (words.indexOf(word) === index ? (byWord.get(word) ?? []) : []))
      .filter((name) => says(words, name.words));
    const whole = said.filter((name) => !said.some((other) => other !== name && contains(other.words, name.words)));
    return whole.length > MOST ? [] : whole.map(({ id }) => id).sort();
  };
}

/** All words, in any order; characters only as they stand together. */
function says(title: readonly string[], name: readonly string[]): boolean {
  if (name.every(isWrittenTogether)) return `\u001f${title.join('\u001f')}\u001f`.includes(`\u001f${name.join('\u001f')}\u001f`);
  return name.every((word) => title.includes(word));
}

/** Whether the longer name has all of the shorter one's words, and more. */
const contains = (longer: readonly string[], shorter: readonly string[]): boolean =>
  longer.length > shorter.length && shorter.every((word) => longer.includes(word));
