import type { ContentAnswer, GradebookContent } from '../../database/gradebook-content.ts';
import type { ExportedItem } from '../../database/exported-items.ts';
import { stringify } from '../csv.ts';
import { joined } from './pieces.ts';

/** Pathlight's roster; of several classes the student's own. */
export function rosterToCsv({ students }: GradebookContent): Uint8Array {
  const fields = [...new Set(students.flatMap(({ profile }) => profile.map(({ area, field }) => `${area}.${field}`)))].sort();
  const rows = students.map(({ code, givenName, familyName, classes, grade, profile }) => {
    const values = new Map(profile.map(({ area, field, value }) => [`${area}.${field}`, String(value)]));
    return [code, givenName, familyName, classes[0] ?? '', grade, ...fields.map((field) => values.get(field) ?? '')];
  });
  return new TextEncoder().encode(
    `\ufeff${stringify([['student', 'given_name', 'family_name', 'class', 'grade', ...fields], ...rows])}`,
  );
}

/** Which skills each question and assignment asks, as the teacher or the files say; those that ask none are left out. */
export function itemSkillsToCsv(items: readonly { readonly id: string; readonly skills: readonly string[] }[]): Uint8Array {
  const rows = items.filter(({ skills }) => skills.length > 0).map(({ id, skills }) => [id, skills.join('~')]);
  return new TextEncoder().encode(`\ufeff${stringify([['question', 'skill'], ...rows])}`);
}

/** The same with how each counts: taken out, its key, its weight, and why. Questions and assignments that are as imported are there too. */
export function questionsToCsv(items: readonly ExportedItem[]): Uint8Array {
  const rows = items.map(({ kind, id, skills, voided, key, weight, reason }) => [
    ...[kind, id, skills.join('~'), voided ? 'yes' : 'no', key ?? '', String(weight), reason],
  ]);
  return new TextEncoder().encode(
    `\ufeff${stringify([['kind', 'question', 'skill', 'voided', 'key', 'weight', 'reason'], ...rows])}`,
  );
}

const HEADER = ['student', 'order', 'item', 'skill', 'correct', 'timestamp', 'response_time_ms', 'attempt', 'hint'];
const ROWS_AT_ONCE = 4096;

/** Pathlight's answers, every one with all that is known of it; times in milliseconds since 1970 UTC. */
export function answersToCsv(each: (visit: (answer: ContentAnswer) => void) => void): Uint8Array {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [encoder.encode(`\ufeff${stringify([HEADER])}`)];
  let rows: string[][] = [];
  const flush = (): void => {
    pieces.push(encoder.encode(stringify(rows)));
    rows = [];
  };
  const text = (value: number | null): string => (value === null ? '' : String(value));
  each(([student, position, question, skills, correct, answeredAt, responseTimeMs, attempt, hint]) => {
    rows.push([
      student,
      String(position),
      question,
      skills.join('~'),
      String(correct),
      text(answeredAt),
      text(responseTimeMs),
      text(attempt),
      text(hint),
    ]);
    if (rows.length === ROWS_AT_ONCE) flush();
  });
  flush();
  return joined(pieces);
}
