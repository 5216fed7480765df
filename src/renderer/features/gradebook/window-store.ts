import type { Failure } from '../../../shared/contract/index.ts';
import type { GridView, GridWindow } from '../../../shared/contract/gradebook.ts';
import { routeKey } from '../../data/route-cache.ts';
import type { RouteCache } from '../../data/route-cache.ts';
import { dense } from './grid-data.ts';
import type { DenseWindow } from './grid-data.ts';

/** Rows that are read together. */
export const WINDOW_ROWS = 50;

export interface GridSource {
  readonly view: GridView;
  /** Left out: the current class. */
  readonly classId?: string | null;
}

/** One student's row; its cells lie in `cells` at `row`. */
export interface GridRow {
  readonly id: string;
  readonly name: string;
  readonly cells: DenseWindow;
  readonly row: number;
}

export interface GridSnapshot {
  /** The newest window: its columns and total hold for the grid. Undefined until the first has come. */
  readonly head: GridWindow | undefined;
  readonly error: Failure | undefined;
  /** Undefined where it is still being read. */
  row(index: number): GridRow | undefined;
}

interface Loaded {
  readonly window: GridWindow;
  /** Each the same object as long as its window is, so that a row that has not changed is not drawn again. */
  readonly rows: readonly GridRow[];
}

/** @param before the same window as it was: rows that say the same stay the same objects */
function load(window: GridWindow, before: Loaded | undefined): Loaded {
  const cells = dense(window);
  const comparable = before !== undefined && sameColumns(before.window, window) ? before.rows : [];
  const rows = window.studentIds.map((id, row): GridRow => {
    const known = comparable[row];
    const name = window.studentNames[row]!;
    return known !== undefined && known.id === id && known.name === name && sameCells(known, cells)
      ? known
      : { id, name, cells, row };
  });
  return { window, rows };
}

function sameCells({ cells: before, row }: GridRow, after: DenseWindow): boolean {
  for (let at = row * after.columns; at < (row + 1) * after.columns; at++)
    if (
      before.count[at] !== after.count[at] ||
      before.status[at] !== after.status[at] ||
      !Object.is(before.value[at], after.value[at]) ||
      before.first[at] !== after.first[at]
    )
      return false;
  return true;
}

/** The windows of one grid: those in view are kept up to date, those seen before stay until something changes. */
export class WindowStore {
  readonly #cache: RouteCache;
  readonly #source: GridSource;
  readonly #loaded = new Map<number, Loaded>();
  readonly #watched = new Map<number, () => void>();
  readonly #listeners = new Set<() => void>();
  #head: GridWindow | undefined;
  #snapshot: GridSnapshot = { head: undefined, error: undefined, row: () => undefined };

  constructor(cache: RouteCache, source: GridSource) {
    this.#cache = cache;
    this.#source = source;
  }

  readonly snapshot = (): GridSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      for (const stop of this.#watched.values()) stop();
      this.#watched.clear();
    };
  };

  /** Says which rows are in view. */
  want(first: number, last: number): void {
    const wanted = new Set<number>();
    for (let at = Math.floor(first / WINDOW_ROWS); at <= Math.floor(last / WINDOW_ROWS); at++) wanted.add(at);
    for (const [at, stop] of this.#watched)
      if (!wanted.has(at)) {
        stop();
        this.#watched.delete(at);
      }
    for (const at of wanted) {
      if (this.#watched.has(at)) continue;
      const input = { ...this.#source, first: at * WINDOW_ROWS, count: WINDOW_ROWS };
      const key = routeKey('gradebook.read', input);
      const take = () => this.#take(at, key);
      this.#watched.set(at, this.#cache.watch('gradebook.read', input, take));
      take();
    }
  }

  #take(at: number, key: string): void {
    const { data, error } = this.#cache.peek<'gradebook.read'>(key);
    if (data !== undefined && this.#loaded.get(at)?.window !== data) {
      this.#loaded.set(at, load(data, this.#loaded.get(at)));
      if (this.#head === undefined || data.version >= this.#head.version)
        this.#head = { ...data, columns: sameAs(this.#head?.columns, data.columns) };
      // What is not in view is read again when it is next looked at.
      for (const [other, { window }] of this.#loaded)
        if (window.version < data.version && !this.#watched.has(other)) this.#loaded.delete(other);
    } else if (error === this.#snapshot.error) return;
    const head = this.#head;
    this.#snapshot = {
      head,
      error,
      row: (index) => {
        const loaded = this.#loaded.get(Math.floor(index / WINDOW_ROWS));
        if (head === undefined || loaded === undefined) return undefined;
        if (loaded.window.version !== head.version && !sameColumns(loaded.window, head)) return undefined;
        return loaded.rows[index % WINDOW_ROWS];
      },
    };
    this.#listeners.forEach((listener) => listener());
  }
}

/** The known one where both say the same, so that nothing is drawn again for it. */
const sameAs = <Value>(known: Value | undefined, next: Value): Value =>
  known !== undefined && JSON.stringify(known) === JSON.stringify(next) ? known : next;

const sameColumns = (a: GridWindow, b: GridWindow): boolean =>
  a.columns.ids.length === b.columns.ids.length && a.columns.ids.every((id, index) => id === b.columns.ids[index]);
