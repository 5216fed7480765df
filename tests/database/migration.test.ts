import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrate, MIGRATIONS } from '../../src/main/database/migrate.ts';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';

it('a gradebook of the first schema keeps its students, answers and marks', async () => {
  const file = path.join(temporaryFolder(), 'g.sqlite');
  const old = new Sqlite(file);
  migrate(old, file, () => undefined, MIGRATIONS.slice(0, 1));
  old.exec(`
    INSERT INTO imports VALUES (1, 'i1', 'a.csv', 'h', 'pathlight-responses', 'UTF-8', 'comma', 2, 1, 2, 0, '[]', 1, NULL);
    INSERT INTO students (id, code, given_name, import_number) VALUES (1, 'b', 'Bea', 1), (2, 'a', 'Ana', 1);
    INSERT INTO skills (id, code, name, import_number) VALUES (1, 's', 's', 1);
    INSERT INTO questions (id, code, import_number) VALUES (1, 'q', 1);
    INSERT INTO skill_sets VALUES (1, 's');
    INSERT INTO skill_set_members VALUES (1, 1);
    INSERT INTO answers (student_id, position, question_id, set_id, correct, import_number) VALUES (2, 0, 1, 1, 0.5, 1), (1, 3, 1, 1, 1, 1);
    INSERT INTO marks (student_id, assignment, points, possible, import_number) VALUES (1, 'Test', 4, 8, 1), (2, 'Test', 9, 10, 1);
  `);
  old.close();
  const gradebook = openGradebook({ file, clock: () => 1 });
  onTestFinished(() => gradebook.close());
  expect(gradebook.read.counts()).toEqual({ students: 2, questions: 1, answers: 2, marks: 2 });
  expect([...gradebook.read.sequences()].toSorted((a, b) => (a.student < b.student ? 1 : -1))).toMatchObject([
    {
      student: 'b',
      responses: [
        { question: 'assignment: Test', correct: 0.5 },
        { question: 'q', correct: 1, skills: ['s'] },
      ],
    },
    {
      student: 'a',
      responses: [
        { question: 'assignment: Test', correct: 0.9 },
        { question: 'q', correct: 0.5 },
      ],
    },
  ]);
  // Its students are found by their ids.
  const { importing } = openTestGradebook(file);
  const [preview] = await importing.preview(staged({ 'r.csv': 'student,given_name\na,Anna\n' }));
  expect(preview).toMatchObject({ matched: { key: 1, new: 0 }, changes: { changed: 1 } });
});
