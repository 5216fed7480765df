import type { Database } from 'better-sqlite3';
import type { DiffRow, ImportDiff } from '../../shared/contract/import-diff.ts';
import type { Values } from './values.ts';
import type { DiffBook, DiffExample } from './diff-book.ts';
import { displayName } from './reader.ts';

/** What an import does, in names that people know. To be called before a preview is rolled back, for new students are named too. */
export function describeDiff(database: Database, book: DiffBook): ImportDiff {
  const name = database.prepare('SELECT given_name AS given, family_name AS family FROM students WHERE code = ?');
  const skillName = database.prepare('SELECT name FROM skills WHERE code = ?').pluck();
  const questionAt = database
    .prepare(
      'SELECT q.code FROM answers a JOIN students s ON s.id = a.student_id JOIN questions q ON q.id = a.question_id WHERE s.code = ? AND a.position = ?',
    )
    .pluck();
  const student = (code: string | number | undefined): DiffRow['student'] => {
    const id = String(code);
    const row = name.get(id) as { given: string; family: string } | undefined;
    return { id, name: row ? displayName(id, row.given, row.family) : id };
  };
  const skill = (code: string | number | undefined): string => (skillName.get(code) as string | undefined) ?? String(code);
  const about = ({ kind, key, before, after }: DiffExample): string => {
    switch (kind) {
      case 'student':
        return '';
      case 'profile':
        return `${key[1]}.${key[2]}`;
      case 'mark':
        return String(key[1]);
      case 'answer':
        return String(before['question'] ?? after['question'] ?? questionAt.get(...key) ?? '');
      case 'prerequisite':
        return `${skill(key[1])} → ${skill(key[0])}`;
      case 'skill':
        return skill(key[0]);
      default:
        return String(key[0]);
    }
  };
  const personal = new Set(['student', 'profile', 'mark', 'answer']);
  return {
    kinds: book.byKind(),
    rows: book.examples.map((example): DiffRow => {
      const { kind, outcome, line, key, why, before, after } = example;
      return {
        kind,
        outcome,
        line,
        student: personal.has(kind) ? student(key[0]) : null,
        about: about(example),
        why,
        values: differing(before, after, outcome === 'new'),
      };
    }),
  };
}

/** What differs; of something new all that is said. */
function differing(before: Values, after: Values, isNew: boolean): DiffRow['values'] {
  return Object.keys(after)
    .filter((field) => (isNew ? after[field] !== null && after[field] !== '' : before[field] !== after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
