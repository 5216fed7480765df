import type { CleaningExample } from '../../../../shared/contract/import-cleaning.ts';

const SHOWN = 5;

/** What one step finds: how many, and the first few to be looked at. */
export class Findings {
  readonly on: boolean;
  readonly examples: CleaningExample[] = [];
  count = 0;
  private readonly file: string;

  constructor(file: string, on: boolean) {
    this.file = file;
    this.on = on;
  }

  /** @param example made only while it is shown */
  add(example: () => Omit<CleaningExample, 'file'>): void {
    this.count++;
    if (this.examples.length < SHOWN) this.examples.push({ file: this.file, ...example() });
  }
}
