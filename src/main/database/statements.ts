import type { Database, Statement } from 'better-sqlite3';

/** Compiles each statement once: that takes longer than most of them run. */
export function statementsOf(database: Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = database.prepare(sql)));
    return statement;
  };
}
