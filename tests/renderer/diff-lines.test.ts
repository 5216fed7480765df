import { describe, expect, it } from 'vitest';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';
import type { Words } from '../../src/renderer/i18n/use-words.ts';
import { wordsForCode } from '../../src/renderer/i18n/words.ts';
import { countOf, diffLines } from '../../src/renderer/features/imports/diff-lines.ts';
import type { ImportDiff } from '../../src/shared/contract/import-diff.ts';

const diff: ImportDiff = {
  kinds: [
    { kind: 'student', added: 1, changed: 1, unchanged: 3, conflicts: 1 },
    { kind: 'mark', added: 0, changed: 250, unchanged: 0, conflicts: 0 },
  ],
  rows: [
    {
      kind: 'student',
      outcome: 'changed',
      line: 2,
      student: { id: '1', name: 'Ana Berg' },
      about: '',
      why: '',
      values: [
        { field: 'given_name', before: 'Anna', after: 'Ana' },
        { field: 'class', before: null, after: '6B' },
      ],
    },
    {
      kind: 'mark',
      outcome: 'changed',
      line: 3,
      student: { id: '2', name: 'Ben Cole' },
      about: 'Quiz 1',
      why: '',
      values: [
        { field: 'points', before: null, after: 8.25 },
        { field: 'status', before: 'missing', after: 'late' },
      ],
    },
    {
      kind: 'student',
      outcome: 'conflict',
      line: 4,
      student: { id: '2', name: 'Ben Cole' },
      about: '',
      why: 'typed-name',
      values: [{ field: 'name', before: 'Ben Cole', after: 'benny' }],
    },
    {
      kind: 'student',
      outcome: 'new',
      line: 9,
      student: { id: '3', name: 'Cem' },
      about: '',
      why: '',
      values: [
        { field: 'given_name', before: null, after: 'Cem' },
        { field: 'class', before: null, after: '6B' },
      ],
    },
  ],
};

const speak = (language: 'en' | 'zh') => {
  const i18n = createI18n(language);
  const code: Words['code'] = (...words) => wordsForCode(i18n, ...words);
  return { t: i18n.t, format: createFormat(language), code };
};

describe('the lines of what changes', () => {
  it('one for each value that changes, in words', () => {
    const { lines, rows } = diffLines(diff, 'all', 'changed', speak('en'));
    expect(lines.map(({ line, student, about, text }) => [line, student, about, text])).toEqual([
      [2, 'Ana Berg', 'Students', 'given name: Anna → Ana'],
      [2, 'Ana Berg', 'Students', 'class: empty → 6B'],
      [3, 'Ben Cole', 'Marks · Quiz 1', 'points: empty → 8.25'],
      [3, 'Ben Cole', 'Marks · Quiz 1', 'state: missing → late'],
    ]);
    expect(rows).toBe(2);
    expect(countOf(diff, 'all', 'changed')).toBe(251);
  });

  it('one kind alone; what is kept, with the reason; what is new in one line', () => {
    expect(diffLines(diff, 'mark', 'changed', speak('zh')).lines.map(({ about, text }) => [about, text])).toEqual([
      ['Quiz 1', '得分：空 → 8.25'],
      ['Quiz 1', '状态：缺交 → 迟交'],
    ]);
    expect(diffLines(diff, 'all', 'conflict', speak('en')).lines).toMatchObject([
      { line: 4, text: 'name: Ben Cole ≠ benny', why: 'students type their own names there; the school’s name stays' },
    ]);
    expect(diffLines(diff, 'all', 'new', speak('en')).lines).toMatchObject([{ line: 9, text: 'given name: Cem and class: 6B' }]);
  });
});
