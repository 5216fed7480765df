import type { ImportRecord } from '../../shared/contract/imports.ts';
import type { StepResult } from '../services/results/ports.ts';
import { skillSetKey } from '../../learning/responses.ts';
import { writeResults } from './handed-out-store.ts';
import { listImports } from './import-list.ts';
import { AnswerColumns } from './new-answers.ts';
import { noContent } from './import-rows.ts';
import type { IncomingStudent } from './import-rows.ts';
import { writeImport } from './import-writer.ts';
import type { MatchDecisions } from './match-students.ts';
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
    /** What they are the results of: kept with them. */
    readonly results?: { readonly plan: number; readonly steps: readonly StepResult[] } | undefined;
  }): boolean;
  /** Students of whom only names are known, as an import of format `manual`. */
  addStudents(options: {
    readonly importId: string;
    readonly students: readonly { readonly id: string; readonly name: string }[];
    /** Empty: in no class. */
    readonly className: string;
    readonly at: number;
  }): void;
  close(): void;
}

/** A name stands as it was typed: which part of it is the family's, nobody said. */
const typedStudent = (line: number, id: string, name: string, className: string): IncomingStudent => ({
  line,
  keys: [{ kind: 'id', value: id }],
  givenName: name,
  familyName: '',
  className,
  grade: '',
  profile: [],
});

export function openImportingStore(file: string): ImportingStore {
  const database = openDatabase(file);
  /** The caller holds the transaction. */
  const writeTyped = (
    id: string,
    at: number,
    students: readonly IncomingStudent[],
    answers: AnswerColumns,
    decisions: MatchDecisions,
    /** Stands in the list of imports where a file's name would. */
    file = '',
  ): void => {
    const content = { ...noContent(), format: 'manual', students, answers };
    const typed = { id, file, hash: '', format: 'manual', encoding: '', delimiter: '', cleaning: [], content };
    writeImport(database, typed, { at, decisions });
    raiseRevision(database);
  };
  return {
    list: () => listImports(database),
    append: ({ importId, student, at, answers, results }) =>
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
        const known = { [`id:${student}`]: student };
        writeTyped(importId, at, [typedStudent(1, student, '', '')], columns, known, results ? `plan ${results.plan}` : '');
        if (results) writeResults(database, importId, results.plan, results.steps);
        return true;
      }),
    addStudents: ({ importId, students, className, at }) =>
      write(database, () =>
        writeTyped(
          importId,
          at,
          students.map(({ id, name }, index) => typedStudent(index + 1, id, name, className)),
          new AnswerColumns(),
          {},
        ),
      ),
    close: () => void database.close(),
  };
}
