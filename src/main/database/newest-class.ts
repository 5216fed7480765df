import type { Statement } from 'better-sqlite3';
import { COURSE_EDIT } from './course-entities.ts';
import { EDIT_FORMAT } from './grid-journal.ts';

interface Newest {
  readonly time: number;
  /** Number of the newest import with an answer of the class; −1 where there is none. */
  readonly number: number;
}

type Row = readonly [name: string, time: number, number: number | null];

const NEWEST = `SELECT c.name, max(coalesce(a.answered_at, 0)), max(a.import_number) FROM classes c JOIN students s ON s.class_id = c.id
  LEFT JOIN answers a ON a.student_id = s.id`;

interface Known {
  /** Another one whenever files came in or were taken back: then all is read again. */
  readonly files: string;
  /** The same for answers typed in. */
  typed: string;
  /** Typed-in imports that were looked at, and whether they were undone. */
  readonly seen: Map<number, boolean>;
  readonly classes: Map<string, Newest>;
}

/**
 * The class of the newest answer: by time, then by when it came in, then by name. Looks at every answer once; after answers were typed in, or taken
 * back, at those of the students' classes alone.
 */
export function newestClassReader(prepare: (sql: string) => Statement): () => string | null {
  let known: Known | undefined;
  const take = (classes: Map<string, Newest>, rows: readonly Row[]): void => {
    for (const [name, time, number] of rows) classes.set(name, { time, number: number ?? -1 });
  };
  return () => {
    const { files, typed } = prepare(
      // Edits of the grid and of the course bring no newer answers.
      `SELECT count(*) FILTER (WHERE NOT typed) || ':' || count(undone_at) FILTER (WHERE NOT typed) AS files,
         count(*) FILTER (WHERE typed) || ':' || count(undone_at) FILTER (WHERE typed) AS typed
       FROM (SELECT undone_at, EXISTS (SELECT 1 FROM typed_students t WHERE t.import_number = i.number) AS typed FROM imports i
         WHERE format NOT IN (?, ?))`,
    ).get(EDIT_FORMAT, COURSE_EDIT) as { files: string; typed: string };
    if (known?.files !== files) {
      known = {
        files,
        typed,
        seen: new Map(typedImports(prepare).map(({ number, undone }) => [number, undone])),
        classes: new Map(),
      };
      take(known.classes, prepare(`${NEWEST} GROUP BY c.id`).raw().all() as Row[]);
    } else if (known.typed !== typed) {
      const { seen, classes } = known;
      const changed = new Set<number>();
      for (const { number, undone, classId } of typedImports(prepare)) {
        if (seen.get(number) !== undone && classId !== null) changed.add(classId);
        seen.set(number, undone);
      }
      for (const id of changed) take(classes, prepare(`${NEWEST} WHERE c.id = ? GROUP BY c.id`).raw().all(id) as Row[]);
      known.typed = typed;
    }
    const order = ([a, x]: readonly [string, Newest], [b, y]: readonly [string, Newest]): number =>
      y.time - x.time || y.number - x.number || (a < b ? -1 : 1);
    return [...known.classes].sort(order)[0]?.[0] ?? null;
  };
}

/** Imports of typed-in answers, each with the class of its student. */
function typedImports(
  prepare: (sql: string) => Statement,
): { readonly number: number; readonly undone: boolean; readonly classId: number | null }[] {
  const rows = prepare(
    `SELECT i.number, i.undone_at, s.class_id FROM typed_students t JOIN imports i ON i.number = t.import_number
     JOIN students s ON s.id = t.student_id`,
  )
    .raw()
    .all() as [number, number | null, number | null][];
  return rows.map(([number, undoneAt, classId]) => ({ number, undone: undoneAt !== null, classId }));
}
