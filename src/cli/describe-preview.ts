import type { DiffRow } from '../shared/contract/import-diff.ts';
import type { PreviewedFile } from '../shared/contract/imports.ts';

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

/** What an import would do, in lines to read: counts, every change that is listed, conflicts and refused rows. */
export function describePreview(file: PreviewedFile): string[] {
  if (file.outcome === 'refused') return [`${file.file}: refused. ${file.message}`];
  const { added, changed, unchanged, conflicts } = file.changes;
  const lines = [
    `${file.file}: ${file.format}, ${file.encoding}, ${file.delimiter}; ${plural(file.students, 'student')}, ${plural(file.questions, 'question')}, ${plural(file.answers, 'answer')}, ${plural(file.marks, 'mark')}`,
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
  for (const row of file.refused) lines.push(`  line ${row.line} refused: ${row.reason}`);
  return lines;
}
