import { randomUUID } from 'node:crypto';
import { PathlightError } from '../shared/errors.ts';
import { plural, withGradebook } from './gradebook-commands.ts';

export interface StudentsOptions {
  readonly data: string;
  readonly class?: string;
  readonly add: readonly string[];
  readonly json?: boolean;
}

/** Types students in, or lists those of a class, or everybody. */
export const studentsCommand = (options: StudentsOptions): Promise<void> =>
  withGradebook(options.data, (gradebook, importing) => {
    if (options.add.length > 0) {
      const { importId, students } = importing.addStudents(options.add, options.class?.trim() ?? '');
      if (options.json) console.log(JSON.stringify({ importId, students }, undefined, 1));
      else console.log(`Added ${plural(students.length, 'student')} (import ${importId}): ${students.join(', ')}`);
      return Promise.resolve();
    }
    const students = gradebook.read
      .students(options.class ?? null)
      .map(({ id, name, className, answers }) => ({ id, name, className, answers }));
    if (options.json) console.log(JSON.stringify(students, undefined, 1));
    else
      for (const { id, name, className } of students)
        console.log([id, name, ...(className === null ? [] : [className])].join('  '));
    return Promise.resolve();
  });

export interface NotesOptions {
  readonly data: string;
  readonly student: string;
  readonly add?: string;
  readonly delete?: string;
  readonly restore?: string;
  readonly json?: boolean;
}

/** A teacher's notes on a student, newest first. @throws PathlightError `no-such-student`, `no-such-note` */
export const notesCommand = (options: NotesOptions): Promise<void> =>
  withGradebook(options.data, (gradebook) => {
    const { student: studentId, add } = options;
    if (!gradebook.read.student(studentId))
      throw new PathlightError('no-such-student', `There is no student "${studentId}" in the gradebook.`, {});
    const at = Date.now();
    if (add !== undefined) {
      if (add.trim() === '') throw new PathlightError('empty-note', 'A note needs words; nothing was changed.', {});
      gradebook.addNote({ id: randomUUID(), studentId, text: add.trim(), at });
    }
    if (options.delete !== undefined) gradebook.deleteNote(options.delete, true, at);
    if (options.restore !== undefined) gradebook.deleteNote(options.restore, false, at);
    const notes = gradebook.read.notes(studentId);
    if (options.json) console.log(JSON.stringify(notes, undefined, 1));
    else for (const note of notes) console.log(`${new Date(note.at).toISOString().slice(0, 10)}  ${note.id}  ${note.text}`);
    return Promise.resolve();
  });
