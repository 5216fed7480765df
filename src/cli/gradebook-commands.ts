import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openGrid } from '../main/database/grid.ts';
import { MOST_EDITS } from '../shared/contract/gradebook.ts';
import type { EditedValue, PastEdit } from '../shared/contract/gradebook.ts';
import { createImporting } from '../main/services/importing/importing.ts';
import type { Gradebook, Importing } from '../main/services/ports.ts';
import type { ImportChoices } from '../shared/contract/imports.ts';
import { cleaningWords, describePreview, fileWords, formatWords } from './describe-preview.ts';
import { openTyped } from './open-typed.ts';
import { findTyped, resolveTyped } from './paths.ts';
import { createProgressLine } from './progress.ts';

const NOTICES: Readonly<Record<string, string>> = {
  'interrupted-import': 'An import was cut off before it ended. Nothing of it was kept; import the file again.',
  'interrupted-undo': 'An undo was cut off before it ended. The import stands as it was; undo it again.',
  'interrupted-train': 'A training was cut off before it ended. The model is the one from before; train again.',
  'damaged-log': 'The last changes before the computer stopped may be missing. The gradebook as it was found is kept as {kept}.',
  'read-only': 'The gradebook may not be written to: it is read only.',
};

export async function withGradebook<Result>(
  folder: string,
  work: (gradebook: Gradebook, importing: Importing) => Promise<Result>,
): Promise<Result> {
  const data = resolveTyped(folder);
  mkdirSync(data, { recursive: true });
  const gradebookFile = path.join(data, 'gradebook.sqlite');
  const clock = (): number => Date.now();
  const gradebook = openTyped(folder, gradebookFile, clock);
  try {
    for (const { code, detail } of gradebook.takeInterruptions())
      console.error((NOTICES[code] ?? code).replaceAll(/\{(\w+)\}/g, (_, name: string) => String(detail[name])));
    const importing = createImporting({
      gradebookFile,
      gradebook,
      clock,
      newId: randomUUID,
      onWarning: ({ message }) => console.error(message),
    });
    try {
      return await work(gradebook, importing);
    } finally {
      await importing.close();
    }
  } finally {
    gradebook.close();
  }
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export interface ImportOptions {
  readonly data: string;
  readonly json?: boolean;
  readonly preview?: boolean;
  readonly format?: string;
  readonly decimal?: string;
  readonly clean: Readonly<Record<string, boolean>>;
  readonly map: Readonly<Record<string, string>>;
}

export async function importCommand(files: readonly string[], options: ImportOptions, choices: ImportChoices): Promise<void> {
  const staged = files.map((file, index) => ({ fileId: String(index), ...findTyped(file), choices }));
  await withGradebook(options.data, async (_gradebook, importing) => {
    if (options.preview) {
      const previews = await importing.preview(staged);
      if (options.json) console.log(JSON.stringify({ files: previews.map(({ fileId: _id, ...file }) => file) }, undefined, 1));
      else for (const text of previews.flatMap(describePreview)) console.log(text);
      return;
    }
    const line = createProgressLine(() => Date.now());
    const stop = new AbortController();
    const onInterrupt = (): void => stop.abort();
    process.once('SIGINT', onInterrupt);
    try {
      const result = await importing.commit(staged, {
        signal: stop.signal,
        onProgress: ({ fraction }) => line.show(fraction, 'Importing'),
      });
      line.done();
      if (options.json) {
        const rows = result.files.map(({ cleaning: _cleaning, skills: _skills, prerequisites: _pairs, ...file }) => ({
          ...file,
          refused: file.refused.map(({ line: at, reason }) => ({ line: at, reason })),
        }));
        const cleaning = result.files.map(({ file, cleaning: steps }) => ({ file, steps }));
        console.log(JSON.stringify({ files: rows, gradebook: result.gradebook, cleaning }, undefined, 1));
        return;
      }
      for (const file of result.files) {
        console.log(`${fileWords(file)} (import ${file.id})`);
        for (const row of file.refused) console.log(`  line ${row.line} refused: ${row.reason}`);
        for (const step of file.cleaning.filter(({ count }) => count > 0)) console.log(`  ${cleaningWords(step)}`);
      }
      const { students, questions, answers, marks } = result.gradebook;
      console.log(
        `The gradebook now holds ${plural(students, 'student')}, ${plural(questions, 'question')}, ${plural(answers, 'answer')} and ${plural(marks, 'mark')}.`,
      );
    } finally {
      line.done();
      process.off('SIGINT', onInterrupt);
    }
  });
}

export interface StatusOptions {
  readonly data: string;
  readonly json?: boolean;
}

export async function statusCommand(options: StatusOptions): Promise<void> {
  await withGradebook(options.data, async (gradebook, importing) => {
    const files = importing.list().filter((record) => !record.undone);
    const counts = gradebook.read.counts();
    if (options.json) {
      const rows = files.map(({ id, file, format, encoding, delimiter, students, questions, answers, marks, refused }) => ({
        id,
        file,
        format,
        encoding,
        delimiter,
        students,
        questions,
        answers,
        marks,
        refused: refused.map(({ line, reason }) => ({ line, reason })),
      }));
      console.log(JSON.stringify({ files: rows, gradebook: counts }, undefined, 1));
      return;
    }
    console.log(
      `${plural(counts.students, 'student')}, ${plural(counts.questions, 'question')}, ${plural(counts.answers, 'answer')}, ${plural(counts.marks, 'mark')}.`,
    );
    for (const file of files)
      console.log(
        `import ${file.id}: ${file.file || (file.answers > 0 ? 'answers typed in' : 'students typed in')}, ${formatWords(file.format)}, ${plural(file.answers, 'answer')}, ${plural(file.refused.length, 'row')} refused${file.cleaning
          .filter(({ count }) => count > 0)
          .map((step) => `, ${cleaningWords(step)}`)
          .join('')}`,
      );
  });
}

/** What was changed by hand in the grid, newest first. */
export async function editsCommand({ data, json }: StatusOptions): Promise<void> {
  await withGradebook(data, () => {
    const grid = openGrid(path.join(resolveTyped(data), 'gradebook.sqlite'));
    try {
      const { edits, total } = grid.edits(MOST_EDITS);
      if (json) console.log(JSON.stringify({ edits, total }, undefined, 1));
      else for (const edit of edits) console.log(describeEdit(edit));
    } finally {
      grid.close();
    }
    return Promise.resolve();
  });
}

function describeEdit({ id, at, undone, view, column, cells, changes }: PastEdit): string {
  const value = (held: EditedValue): string =>
    held === null
      ? 'nothing'
      : view === 'marks' && held.status !== 'scored'
        ? `${held.value ?? ''} ${held.status}`.trim()
        : String(held.value);
  const lines =
    column === null
      ? changes.map(({ student, column: of, before, after }) => `  ${student.id}, ${of}: ${value(before)} → ${value(after)}`)
      : [`  new assignment ${column}`];
  const more = cells > changes.length ? [`  and ${cells - changes.length} more`] : [];
  return [`edit ${id}, ${new Date(at).toISOString()}${undone ? ', undone' : ''}`, ...lines, ...more].join('\n');
}

export interface UndoOptions {
  readonly data: string;
  readonly import: string;
}

export async function undoCommand(options: UndoOptions): Promise<void> {
  await withGradebook(options.data, async (_gradebook, importing) => {
    const result = await importing.undo(options.import, {});
    console.log(`Undone: ${plural(result.removed, 'row')} removed, ${plural(result.restored, 'value')} restored.`);
    const words: Readonly<Record<string, string>> = {
      'changed-since': 'something later changed it',
      'used-since': 'something later rests on it',
      'import-undone': 'the import that brought it was undone',
      gone: 'its student or column is no longer there',
    };
    for (const { what, reason } of result.kept) console.log(`  kept ${what}: ${words[reason] ?? reason}`);
  });
}
