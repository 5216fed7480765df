import path from 'node:path';
import type { ContentAnswer, GradebookContent } from '../../src/main/database/gradebook-content.ts';
import { openGrid } from '../../src/main/database/grid.ts';
import type { Grid } from '../../src/main/database/grid.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import { exportGradebook } from '../../src/main/services/gradebook/export-gradebook.ts';
import { readImportFile } from '../../src/main/services/importing/read-file.ts';
import { commitFiles } from '../../src/main/services/importing/transactions.ts';
import type { ExportKind } from '../../src/shared/contract/gradebook.ts';
import type { ImportResult } from '../../src/shared/contract/imports.ts';
import { temporaryFolder } from './folders.ts';

export interface Book {
  readonly file: string;
  readonly grid: Grid;
  /** In this process: a worker thread for each of hundreds of files would take minutes. */
  take(files: Readonly<Record<string, string | Uint8Array>>): Promise<ImportResult>;
  /** What goes out as this kind, imported into an empty gradebook. */
  through(kind: ExportKind): Promise<{ readonly book: Book; readonly result: ImportResult }>;
  content(): GradebookContent;
  answers(): ContentAnswer[];
  close(): void;
}

const AT = 1_790_000_000_000;
let number = 0;

/** An empty gradebook that files go into and come out of. */
export function openBook(): Book {
  const file = path.join(temporaryFolder(), 'gradebook.sqlite');
  const database = openDatabase(file);
  const grid = openGrid(file);
  const book: Book = {
    file,
    grid,
    async take(files) {
      const read = [];
      for (const [name, content] of Object.entries(files)) {
        const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
        read.push({ id: `import-${++number}`, read: await readImportFile(name, bytes) });
      }
      return commitFiles(database, read, AT, { report: () => undefined });
    },
    async through(kind) {
      const { name, bytes } = await exportGradebook(grid, kind, null, AT);
      const other = openBook();
      return { book: other, result: await other.take({ [name]: bytes }) };
    },
    content: () => grid.content(null),
    answers() {
      const all: ContentAnswer[] = [];
      grid.eachAnswer(null, (answer) => void all.push(answer));
      return all;
    },
    close() {
      grid.close();
      database.close();
    },
  };
  return book;
}
