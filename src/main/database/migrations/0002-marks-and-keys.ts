/**
 * Marks for assignments beside answers; every key under which a student is known; students in several classes; answers without a row
 * number of their own, for a student's answers are read together and a million of them must be written in seconds.
 *
 * `answers.set_id` is not checked by a foreign key: taking a set away would have to search all answers for each. Undo alone takes sets
 * away, in one pass over the answers.
 */
export const migration0002 = `
CREATE TABLE student_keys (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  import_number INTEGER REFERENCES imports (number),
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX student_keys_by_student ON student_keys (student_id);
INSERT INTO student_keys (kind, value, student_id, import_number) SELECT 'id', code, id, import_number FROM students;

ALTER TABLE classes ADD COLUMN code TEXT;
CREATE UNIQUE INDEX classes_by_code ON classes (code) WHERE code IS NOT NULL;
CREATE TABLE enrolments (
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  class_id INTEGER NOT NULL REFERENCES classes (id),
  import_number INTEGER NOT NULL REFERENCES imports (number),
  PRIMARY KEY (student_id, class_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_by_class ON enrolments (class_id);

CREATE TABLE assignments (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  title TEXT NOT NULL,
  possible REAL NOT NULL CHECK (possible > 0),
  guessed INTEGER NOT NULL CHECK (guessed IN (0, 1)),
  due_at INTEGER,
  import_number INTEGER NOT NULL REFERENCES imports (number)
) STRICT;
CREATE INDEX assignments_by_title ON assignments (source, title);
CREATE TABLE assignment_skills (
  assignment_id INTEGER NOT NULL REFERENCES assignments (id) ON DELETE CASCADE,
  skill_id INTEGER NOT NULL REFERENCES skills (id),
  import_number INTEGER REFERENCES imports (number),
  PRIMARY KEY (assignment_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_skills_by_skill ON assignment_skills (skill_id);

INSERT INTO assignments (code, source, source_id, title, possible, guessed, import_number)
  SELECT assignment, '', '', assignment, max(possible), 0, min(import_number) FROM marks GROUP BY assignment;
CREATE TABLE marks_of_assignments (
  student_id INTEGER NOT NULL REFERENCES students (id),
  assignment_id INTEGER NOT NULL REFERENCES assignments (id),
  points REAL,
  status TEXT NOT NULL CHECK (status IN ('scored', 'late', 'excused', 'missing')),
  marked_at INTEGER,
  import_number INTEGER NOT NULL REFERENCES imports (number),
  PRIMARY KEY (student_id, assignment_id),
  CHECK ((points IS NULL) = (status IN ('excused', 'missing')))
) STRICT, WITHOUT ROWID;
INSERT INTO marks_of_assignments
  SELECT m.student_id, a.id, m.points * a.possible / m.possible, 'scored', m.marked_at, m.import_number FROM marks m JOIN assignments a ON a.code = m.assignment;
DROP TABLE marks;
ALTER TABLE marks_of_assignments RENAME TO marks;
CREATE INDEX marks_by_assignment ON marks (assignment_id);

CREATE TABLE import_presets (
  id INTEGER PRIMARY KEY,
  columns TEXT NOT NULL UNIQUE CHECK (json_valid(columns)),
  file TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE answers_in_order (
  student_id INTEGER NOT NULL REFERENCES students (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  question_id INTEGER NOT NULL REFERENCES questions (id),
  set_id INTEGER NOT NULL,
  correct REAL NOT NULL CHECK (correct BETWEEN 0 AND 1),
  answered_at INTEGER,
  response_time_ms REAL,
  attempt INTEGER,
  hint INTEGER,
  import_number INTEGER NOT NULL REFERENCES imports (number),
  PRIMARY KEY (student_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO answers_in_order
  SELECT student_id, position, question_id, set_id, correct, answered_at, response_time_ms, attempt, hint, import_number FROM answers ORDER BY student_id, position;
DROP TABLE answers;
ALTER TABLE answers_in_order RENAME TO answers;
CREATE INDEX answers_by_question ON answers (question_id);
`;
