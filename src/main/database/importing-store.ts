import type { ImportRecord } from '../../shared/contract/imports.ts';
import { skillSetKey } from '../../learning/responses.ts';
import { listImports } from './import-list.ts';
import { AnswerColumns } from './new-answers.ts';
import { noContent } from './import-rows.ts';
import { writeImport } from './import-writer.ts';
import { openDatabase, raiseRevision, write } from './open.ts';

/** The small writes of importing that happen at once, on a connection of their own. */
export interface ImportingStore {
  list(): ImportRecord[];
  /** Appends answers after the student's last one, as an import of format `manual`; false where there is no such student. */
  append(options: {
    readonly importId: string;
    readonly student: string;
    readonly at: number;
    readonly answers: readonly { readonly question: string; readonly skills: readonly string[]; readonly correct: number }[];
  }): boolean;
  close(): void;
}

export function openImportingStore(file: string): ImportingStore {
  const database = openDatabase(file);
  return {
    list: () => listImports(database),
    append: ({ importId, student, at, answers }) =>
      write(database, () => {
        const id = database.prepare('SELECT id FROM students WHERE code = ?').pluck().get(student) as number | undefined;
        if (id === undefined) return false;
        const last =
          (database.prepare('SELECT max(position) FROM answers WHERE student_id = ?').pluck().get(id) as number | null) ?? -1;
        const columns = new AnswerColumns();
        answers.forEach((answer, index) =>
          columns.push({
            line: index + 1,
            student: 0,
            position: last + 1 + index,
            question: answer.question,
            skills: skillSetKey([...new Set(answer.skills)]),
            correct: answer.correct,
            answeredAt: at,
            responseTimeMs: Number.NaN,
            attempt: -1,
            hint: -1,
          }),
        );
        const keys = [{ kind: 'id' as const, value: student }];
        const who = { line: 1, keys, givenName: '', familyName: '', className: '', grade: '', profile: [] };
        const content = { ...noContent(), format: 'manual', students: [who], answers: columns };
        const file = { id: importId, file: '', hash: '', format: 'manual', encoding: '', delimiter: '', content };
        writeImport(database, file, { at, decisions: { [`id:${student}`]: student } });
        raiseRevision(database);
        return true;
      }),
    close: () => void database.close(),
  };
}
