import type { DiffKind } from '../../shared/contract/import-diff.ts';
import { DIFF_KINDS } from '../../shared/contract/import-diff.ts';
import type { Changes, Values } from './values.ts';

export type { DiffKind };

type Outcome = 'new' | 'changed' | 'conflict';

/** One thing that an import brings, changes or leaves against what the file says; by codes, names are looked up when it is shown. */
export interface DiffExample {
  readonly kind: DiffKind;
  readonly outcome: Outcome;
  /** Line of the file; null where it is about no single one. */
  readonly line: number | null;
  readonly key: readonly (string | number)[];
  /** Why what stands is kept: words `imports.diff.why.<why>`; empty elsewhere. */
  readonly why: string;
  /** What stands now; empty for something new. */
  readonly before: Values;
  /** What the file says. */
  readonly after: Values;
}

/** Of each kind and outcome so many are kept to be looked at; all are counted. */
const MOST: Readonly<Record<Outcome, number>> = { new: 50, changed: 200, conflict: 200 };

/** Counts what an import does by kind, and keeps the first examples. */
export class DiffBook {
  readonly examples: DiffExample[] = [];
  private readonly keeps: boolean;
  private readonly kept = new Map<string, number>();
  private readonly counts = new Map<DiffKind, { added: number; changed: number; unchanged: number; conflicts: number }>();

  constructor(examples: boolean) {
    this.keeps = examples;
  }

  private of(kind: DiffKind): { added: number; changed: number; unchanged: number; conflicts: number } {
    let counts = this.counts.get(kind);
    if (!counts) this.counts.set(kind, (counts = { added: 0, changed: 0, unchanged: 0, conflicts: 0 }));
    return counts;
  }

  private example(example: DiffExample): void {
    if (!this.wants(example.kind, example.outcome)) return;
    const place = `${example.kind} ${example.outcome}`;
    this.kept.set(place, (this.kept.get(place) ?? 0) + 1);
    this.examples.push(example);
  }

  /** Whether another example would be kept; asked before one is made in a loop over a million rows. */
  wants(kind: DiffKind, outcome: Outcome): boolean {
    return this.keeps && (this.kept.get(`${kind} ${outcome}`) ?? 0) < MOST[outcome];
  }

  added(kind: DiffKind, line: number | null, key: readonly (string | number)[], after: Values): void {
    this.of(kind).added++;
    this.example({ kind, outcome: 'new', line, key, why: '', before: {}, after });
  }

  /** Several at once, whose examples were given by themselves. */
  addedMany(kind: DiffKind, count: number): void {
    if (count > 0) this.of(kind).added += count;
  }

  addedExample(kind: DiffKind, line: number | null, key: readonly (string | number)[], after: Values): void {
    this.example({ kind, outcome: 'new', line, key, why: '', before: {}, after });
  }

  changed(kind: DiffKind, line: number | null, key: readonly (string | number)[], before: Values, after: Values): void {
    this.of(kind).changed++;
    this.example({ kind, outcome: 'changed', line, key, why: '', before, after });
  }

  unchanged(kind: DiffKind, count = 1): void {
    this.of(kind).unchanged += count;
  }

  conflict(
    kind: DiffKind,
    line: number | null,
    key: readonly (string | number)[],
    why: string,
    before: Values,
    after: Values,
  ): void {
    this.of(kind).conflicts++;
    this.example({ kind, outcome: 'conflict', line, key, why, before, after });
  }

  /** Kinds of which the file says anything, in the order in which they are shown. */
  byKind(): ({ readonly kind: DiffKind } & Changes)[] {
    return DIFF_KINDS.flatMap((kind) => {
      const counts = this.counts.get(kind);
      return counts ? [{ kind, ...counts }] : [];
    });
  }

  total(): Changes {
    const sum = { added: 0, changed: 0, unchanged: 0, conflicts: 0 };
    for (const counts of this.counts.values()) {
      sum.added += counts.added;
      sum.changed += counts.changed;
      sum.unchanged += counts.unchanged;
      sum.conflicts += counts.conflicts;
    }
    return sum;
  }
}
