import type { ImportContent, IncomingStudent } from '../../../database/import-rows.ts';
import type { Findings } from './findings.ts';

/** Fewer cells may agree by chance, or be a list of one. */
const LEAST = 5;

/** Columns that say the same in every row tell nobody apart; on, they are left out. @returns the students */
export function constantColumns(content: ImportContent, findings: Findings): readonly IncomingStudent[] {
  const { answers } = content;
  const plain = [
    ['response_time_ms', answers.responseTimeMs, Number.NaN],
    ['attempt', answers.attempt, -1],
    ['hint', answers.hint, -1],
  ] as const;
  for (const [about, column, unknown] of plain) {
    const value = constantOf(column, answers.length);
    if (value === undefined) continue;
    findings.add(() => ({ line: null, about, value, kind: 'text', becomes: null }));
    if (findings.on) column.fill(unknown, 0, answers.length);
  }
  const fields = new Map<string, { readonly value: string | number; count: number; same: boolean }>();
  for (const { profile } of content.students)
    for (const { area, field, value } of profile) {
      const known = fields.get(`${area}.${field}`);
      if (!known) fields.set(`${area}.${field}`, { value, count: 1, same: true });
      else {
        known.count++;
        if (known.value !== value) known.same = false;
      }
    }
  const constant = new Set<string>();
  for (const [about, { value, count, same }] of fields) {
    if (!same || count < LEAST) continue;
    constant.add(about);
    findings.add(() => ({ line: null, about, value, kind: 'text', becomes: null }));
  }
  if (!findings.on || constant.size === 0) return content.students;
  return content.students.map((student) => ({
    ...student,
    profile: student.profile.filter(({ area, field }) => !constant.has(`${area}.${field}`)),
  }));
}

/** The one value of all cells that say something; undefined where there are several, or too few cells. */
function constantOf(column: Float64Array | Int32Array, length: number): number | undefined {
  let value = Number.NaN;
  let count = 0;
  for (let at = 0; at < length; at++) {
    const cell = column[at]!;
    if (!(cell >= 0)) continue;
    if (count === 0) value = cell;
    else if (cell !== value) return undefined;
    count++;
  }
  return count >= LEAST ? value : undefined;
}
