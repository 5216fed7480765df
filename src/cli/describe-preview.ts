import type { Cleaned } from '../shared/contract/import-cleaning.ts';
import type { DiffRow } from '../shared/contract/import-diff.ts';
import type { ImportedFile, ImportFormat, PreviewedFile } from '../shared/contract/imports.ts';
import { en } from '../renderer/locales/en.ts';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
const shown = (value: string | number | null): string => (value === null || value === '' ? 'nothing' : String(value));

const WHY: Readonly<Record<string, string>> = {
  'two-students': 'its ids belong to two students; the surer id counts',
  'typed-name': 'students type their own names there; the school’s name stays',
  'edited-here': 'it was corrected here, and the file still has the old value',
};

function rowWords({ kind, outcome, line, student, about, why, values }: DiffRow): string {
  const who = [student === null ? '' : student.id, about].filter((part) => part !== '').join(', ');
  const change = values.map(({ field, before, after }) =>
    outcome === 'new'
      ? `${field} ${shown(after)}`
      : outcome === 'changed'
        ? `${field} ${shown(before)} → ${shown(after)}`
        : `${field} stays ${shown(before)}, the file says ${shown(after)}`,
  );
  const because = why === '' ? '' : ` (${WHY[why] ?? why})`;
  return `${line === null ? '' : `line ${line}: `}${outcome} ${kind} ${who}${change.length === 0 ? '' : `: ${change.join('; ')}`}${because}`;
}

const CLEANING: Readonly<Record<Cleaned['step'], string>> = {
  moments: 'moments that cannot be',
  times: 'response times that cannot be',
  duplicates: 'answers that stand twice',
  order: 'answers whose moment goes back',
  constant: 'columns that say the same of everybody',
  fields: 'profile values in another spelling or unit',
};

/** "times: 12 response times that cannot be, left out" */
export const cleaningWords = ({ step, on, count }: Cleaned): string =>
  `${step}: ${count} ${CLEANING[step]}, ${on ? 'cleaned' : 'left as they are'}`;

/** What a kind of file is called, and by what name a script knows it: "Skills and prerequisites [case]". */
export const formatWords = (format: ImportFormat): string => `${en.imports.format[format]} [${format}]`;

/** What a file was taken for and what it holds, without zeros. */
export function fileWords(
  file: Pick<
    ImportedFile,
    'file' | 'format' | 'encoding' | 'delimiter' | 'students' | 'questions' | 'answers' | 'marks' | 'skills' | 'prerequisites'
  >,
): string {
  const counts = (['student', 'question', 'answer', 'mark', 'skill', 'prerequisite'] as const)
    .map((word) => ({ word, count: file[`${word}s`] }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => plural(count, word));
  return `${file.file}: ${formatWords(file.format)}, ${file.encoding}, ${file.delimiter}${counts.length === 0 ? '' : `; ${counts.join(', ')}`}`;
}

/** What an import would do, in lines to read: counts, every change that is listed, conflicts and refused rows. */
export function describePreview(file: PreviewedFile): string[] {
  if (file.outcome === 'refused') return [`${file.file}: refused. ${file.message}`];
  const { added, changed, unchanged, conflicts } = file.changes;
  const lines = [
    fileWords(file),
    `  ${added} new, ${changed} changed, ${unchanged} as before, ${conflicts} in conflict, ${file.refused.length} refused`,
  ];
  if (file.importedBefore) lines.push('  this very file was imported before; an import would be refused');
  for (const each of file.diff.kinds)
    lines.push(
      `  ${each.kind}: ${each.added} new, ${each.changed} changed, ${each.unchanged} as before, ${each.conflicts} in conflict`,
    );
  const order = { conflict: 0, changed: 1, new: 2 } as const;
  for (const row of file.diff.rows.toSorted((a, b) => order[a.outcome] - order[b.outcome])) lines.push(`  ${rowWords(row)}`);
  const rest = added + changed + conflicts - file.diff.rows.length;
  if (rest > 0) lines.push(`  and ${rest} more`);
  for (const step of file.cleaning.filter(({ count }) => count > 0)) {
    lines.push(`  ${cleaningWords(step)}`);
    for (const { line, about, value, becomes } of step.examples)
      lines.push(`    ${line === null ? '' : `line ${line}: `}${about} ${value} → ${becomes ?? 'left out'}`);
  }
  for (const row of file.refused) lines.push(`  line ${row.line} refused: ${row.reason}`);
  return lines;
}
