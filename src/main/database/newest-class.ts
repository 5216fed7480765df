import type { Statement } from 'better-sqlite3';

interface Newest {
  readonly time: number;
  /** Number of the newest import with an answer of the class; −1 where there is none. */
  readonly number: number;
}

/**
 * The class of the newest answer: by time, then by when it came in, then by name. Looks at every answer once, and from then on at those that are
 * new, until a file comes in or an import is taken back.
 */
export function newestClassReader(prepare: (sql: string) => Statement): () => string | null {
  const columns = 'c.name, max(coalesce(a.answered_at, 0)), max(a.import_number)';
  let known: { readonly state: string; readonly classes: Map<string, Newest> } | undefined;
  return () => {
    const state = prepare(
      "SELECT count(*) FILTER (WHERE format NOT IN ('manual', 'edit')) || ':' || count(undone_at) FILTER (WHERE format <> 'edit') FROM imports",
    )
      .pluck()
      .get() as string;
    const classes = known?.state === state ? known.classes : new Map<string, Newest>();
    const last = Math.max(-1, ...[...classes.values()].map(({ number }) => number));
    const rows = (
      known?.state === state
        ? prepare(
            `SELECT ${columns} FROM answers a JOIN students s ON s.id = a.student_id JOIN classes c ON c.id = s.class_id WHERE a.import_number > ? GROUP BY c.id`,
          )
            .raw()
            .all(last)
        : prepare(
            `SELECT ${columns} FROM classes c JOIN students s ON s.class_id = c.id LEFT JOIN answers a ON a.student_id = s.id GROUP BY c.id`,
          )
            .raw()
            .all()
    ) as [string, number, number | null][];
    for (const [name, time, number] of rows) {
      const before = classes.get(name);
      classes.set(name, { time: Math.max(time, before?.time ?? 0), number: Math.max(number ?? -1, before?.number ?? -1) });
    }
    known = { state, classes };
    const order = ([a, x]: readonly [string, Newest], [b, y]: readonly [string, Newest]): number =>
      y.time - x.time || y.number - x.number || (a < b ? -1 : 1);
    return [...classes].sort(order)[0]?.[0] ?? null;
  };
}
