import type { Machine } from './machine.ts';
import { machineWords } from './machine.ts';
import { ratioOf } from './measurement.ts';
import type { Line, Outcome } from './measurement.ts';

function number(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 4;
  return value.toFixed(digits);
}

function cells(line: Line): string[] {
  const ratio = ratioOf(line);
  const bar = line.bar ? `${line.bar.sense} ${number(line.bar.value)}${line.bar.of ? ` (${line.bar.of})` : ''}` : '';
  return [
    line.what,
    `${number(line.value)} ${line.unit}`.trim(),
    bar,
    ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
    ratio === undefined ? '' : ratio >= 1 ? 'yes' : 'no',
  ];
}

/** The table in Markdown, columns aligned, with the machine above and the notes below. */
export function tableOf(machine: Machine, outcomes: readonly { readonly title: string; readonly outcome: Outcome }[]): string {
  const rows = [
    ['what', 'measured', 'bar', 'ratio', 'met'],
    ...outcomes.flatMap(({ title, outcome }) => [[`**${title}**`, '', '', '', ''], ...outcome.lines.map(cells)]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const print = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const notes = outcomes.flatMap(({ title, outcome }) => (outcome.notes ?? []).map((note) => `- ${title}: ${note}`));
  const [head, ...body] = rows;
  return [
    machineWords(machine),
    '',
    print(head!),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...body.map(print),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

/** The document with the table between its two marks replaced. @throws Error where it has no marks */
export function withTable(document: string, table: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`The document has no place for the table: ${BEGIN} and ${END} on lines of their own.`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${document.slice(end)}`;
}
