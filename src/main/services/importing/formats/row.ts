import { checkId, Refusal } from '../content.ts';
import type { DecimalSign } from '../values.ts';
import { verdict } from './verdict.ts';
import { digits, parseNumber, shown, words } from '../values.ts';

/** Reads the cells of one row of Pathlight's own files by what their columns mean. */
export class Row {
  cells: readonly string[] = [];
  private readonly columns: ReadonlyMap<string, number>;
  private readonly decimal: DecimalSign;
  private readonly width: number;

  constructor(columns: ReadonlyMap<string, number>, decimal: DecimalSign, width: number) {
    this.columns = columns;
    this.decimal = decimal;
    this.width = width;
  }

  /** @throws Refusal `too-many-cells` */
  at(cells: readonly string[]): this {
    if (cells.length > this.width && cells.slice(this.width).some((cell) => cell !== ''))
      throw new Refusal('too-many-cells', `the row has ${cells.length} cells, the header ${this.width}`, {
        cells: cells.length,
        columns: this.width,
      });
    this.cells = cells;
    return this;
  }

  raw(column: string): string {
    const index = this.columns.get(column);
    return index === undefined ? '' : (this.cells[index] ?? '');
  }

  words(column: string): string {
    const cell = this.raw(column);
    return cell === '' ? '' : words(cell);
  }

  /** @throws Refusal `missing-value`, `formula`, `too-long` */
  id(column: string): string {
    return checkId(this.words(column), column);
  }

  /** Empty is NaN. @throws Refusal `not-a-number` */
  number(column: string): number {
    const cell = this.raw(column);
    if (cell === '') return Number.NaN;
    const whole = digits(cell);
    if (whole >= 0) return whole;
    const value = parseNumber(words(cell), this.decimal);
    if (Number.isNaN(value))
      throw new Refusal('not-a-number', `${column} "${shown(cell)}" is not a number`, { column, value: shown(cell) });
    return value;
  }

  /** Empty is −1. @throws Refusal `not-a-number`, `not-a-count` */
  count(column: string): number {
    const value = this.number(column);
    if (Number.isNaN(value)) return -1;
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Refusal('not-a-count', `${column} ${shown(this.raw(column))} is not a whole number from 0 on`, {
        column,
        value: shown(this.raw(column)),
      });
    return value;
  }

  /** @throws Refusal `bad-correct` */
  correct(column: string): number {
    const raw = this.raw(column);
    const whole = digits(raw);
    if (whole === 0 || whole === 1) return whole;
    if (raw === '') throw new Refusal('bad-correct', `${column} is empty`, { value: '' });
    return verdict(words(raw), this.decimal, column);
  }
}
