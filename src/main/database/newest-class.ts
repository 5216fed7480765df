import type { Statement } from 'better-sqlite3';

interface Newest {
  readonly time: number;
  /** Of the newest answer; −1 where the class has none. */
  readonly id: number;
}

/**
 * The class of the newest answer: by time, then by when it came in, then by name. Looks at every answer once, and from then on at those that are
 * new, until a file comes in or an import is taken back.
 */
export function newestClassReader(prepare: (sql: string) => Statement): () => string | null {
  const columns = 'c.name, max(coalesce(a.answered_at, 0)), max(a.id)';
  let known: { readonly state: string; readonly classes: Map<string, Newest> } | undefined;
  return () => {
    const state = prepare("SELECT count(*) FILTER (WHERE format <> 'manual') || ':' || count(undone_at) FROM imports")
      .pluck()
      .get() as string;
    const classes = known?.state === state ? known.classes : new Map<string, Newest>();
    const last = Math.max(-1, ...[...classes.values()].map(({ id }) => id));
    const rows = (
      known?.state === state
        ? prepare(
            `SELECT ${columns} FROM answers a JOIN students s ON s.id = a.student_id JOIN classes c ON c.id = s.class_id WHERE a.id > ? GROUP BY c.id`,
          )
            .raw()
            .all(last)
        : prepare(
            `SELECT ${columns} FROM classes c JOIN students s ON s.class_id = c.id LEFT JOIN answers a ON a.student_id = s.id GROUP BY c.id`,
          )
            .raw()
            .all()
    ) as [string, number, number | null][];
    for (const [name, time, id] of rows) {
      const before = classes.get(name);
      classes.set(name, { time: Math.max(time, before?.time ?? 0), id: Math.max(id ?? -1, before?.id ?? -1) });
    }
    known = { state, classes };
    const order = ([a, x]: readonly [string, Newest], [b, y]: readonly [string, Newest]): number =>
      y.time - x.time || y.id - x.id || (a < b ? -1 : 1);
    return [...classes].sort(order)[0]?.[0] ?? null;
  };
}
