import type { Database } from 'better-sqlite3';
import { skillsOfKey } from '../../learning/responses.ts';

/** What values that stand, and those that they would go back to, name by their codes: it must not go before them. */
export interface NamedInForce {
  students(): ReadonlySet<string>;
  questions(): ReadonlySet<string>;
  assignments(): ReadonlySet<string>;
  skills(): ReadonlySet<string>;
  /** By code or name. */
  classes(): ReadonlySet<string>;
}

export function namedInForce(database: Database): NamedInForce {
  const texts = (sql: string): string[] =>
    (database.prepare(sql).pluck().all() as (string | null)[]).filter((text) => text !== null && text !== '') as string[];
  const keys = (entities: readonly string[], part = 0): string[] =>
    texts(
      `SELECT DISTINCT json_extract(key, '$[${part}]') FROM journal WHERE in_force = 1 AND entity IN (${entities.map((name) => `'${name}'`).join(', ')})`,
    );
  const values = (entity: string, name: string): string[] =>
    texts(
      ['before', 'after', 'back']
        .map((column) => `SELECT json_extract(${column}, '$.${name}') FROM journal WHERE in_force = 1 AND entity = '${entity}'`)
        .join(' UNION '),
    );
  const listed = (entity: string): string[] => values(entity, 'skills').flatMap((list) => JSON.parse(list) as string[]);
  return {
    students: () => new Set(keys(['student', 'profile', 'mark', 'answer'])),
    questions: () => new Set([...values('answer', 'question'), ...keys(['question-edit'])]),
    assignments: () => new Set([...keys(['mark'], 1), ...keys(['assignment', 'assignment-edit'])]),
    skills: () =>
      new Set([
        ...values('answer', 'skills').flatMap(skillsOfKey),
        ...listed('question-edit'),
        ...listed('assignment-edit'),
        ...values('skill-edit', 'stands_for'),
        ...keys(['skill', 'skill-edit']),
      ]),
    classes: () => new Set([...values('student', 'class'), ...keys(['class'])]),
  };
}
