import { plainTitle } from './rule.ts';
import { isWrittenTogether, stem, tellingWords } from './terms.ts';

/** What kind of work it is, or when: words that say nothing of what is learned. */
const WORK = new Set(
  [
    'quiz quizzes test tests exam exams midterm final semester homework hw classwork cw worksheet ws assignment project review practice',
    'exercise exercises exit ticket warm ups up lab notebook check participation extra credit retake makeup part day week lesson chapter module',
    'activity stations intro introduction assessment formative summative diagnostic benchmark portfolio journal discussion bonus a b c the',
    'attendance behaviour behavior conduct citizenship effort engagement',
    'arbeit klausur hausaufgabe aufgabe übung prueba examen tarea devoir contrôle exercice',
  ]
    .join(' ')
    .split(' ')
    .map(stem),
);
const NUMBERED = /\b(?:unit|topic|ch|lesson|week|day|period|term)\.?\s*\d[\d.]*/giu;
const WORK_TOGETHER =
  /第[一二三四五六七八九十\d]+[课章节周单元次]+|单元|测试|测验|小测|考试|期中|期末|作业|练习题?|课堂|课后|寒假|暑假|复习|检查|表现|考勤|出勤|纪律|平时|错题本?|应用题|的/gu;

export interface Topic {
  /** As the first of its titles writes it. */
  readonly name: string;
  /** Indexes of the titles. */
  readonly titles: readonly number[];
}

/** A title's words without those of its kind of work. */
function topicWords(title: string): string[] {
  const bare = plainTitle(title).replaceAll(NUMBERED, ' ').replaceAll(WORK_TOGETHER, ' ');
  return tellingWords(bare).filter((word) => !WORK.has(stem(word)));
}

/** What a title speaks of at its beginning, the same for titles that say it in other words of the same stem. */
function keyOf(words: readonly string[]): string | undefined {
  const first = words[0];
  if (first === undefined) return undefined;
  if (!isWrittenTogether(first)) return stem(first);
  // One character is no word yet.
  const second = words[1];
  return second !== undefined && isWrittenTogether(second) ? first + second : undefined;
}

export const topicKey = (title: string): string | undefined => keyOf(topicWords(title));

/**
 * What several titles speak of at their beginning, once the kind of work is left out: "Ratios quiz" and "HW 5: Ratios" speak of Ratios. The
 * largest first; a title is in one at most.
 */
export function findTopics(titles: readonly string[]): Topic[] {
  const groups = new Map<string, { index: number; words: string[] }[]>();
  titles.forEach((title, index) => {
    const words = topicWords(title);
    const key = keyOf(words);
    if (key === undefined) return;
    const group = groups.get(key);
    if (group) group.push({ index, words });
    else groups.set(key, [{ index, words }]);
  });
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      name: nameOf(
        titles[group[0]!.index]!,
        group.map(({ words }) => words),
      ),
      titles: group.map(({ index }) => index),
    }))
    .sort((a, b) => b.titles.length - a.titles.length || a.titles[0]! - b.titles[0]!);
}

/** The words with which all of them begin, as the first title writes them. */
function nameOf(title: string, all: readonly (readonly string[])[]): string {
  const [first = [], ...others] = all;
  let length = 0;
  const alike = (at: number) => others.every((words) => words[at] !== undefined && stem(words[at]!) === stem(first[at]!));
  while (length < first.length && alike(length)) length++;
  const written = title.normalize('NFKC');
  const plain = written.toLocaleLowerCase('en');
  const from = plain.indexOf(first[0]!);
  let end = from;
  for (const word of first.slice(0, length)) end = plain.indexOf(word, end) + word.length;
  const text = written.slice(from, end);
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
