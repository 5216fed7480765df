/**
 * A teacher's own word about a student. Decisions are never changed or deleted: what is taken back, and what holds again, is written behind them. Skills stand in them by
 * code, so that a skill that is merged, removed or not there for a while takes nothing away; they are read through what stands for it now. A note keeps its
 * text after it was deleted until `deleted_at` is a month ago, so that deleting can be undone and yet ends.
 */
export const migration0008 = `
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  content TEXT NOT NULL CHECK (json_valid(content)),
  answers INTEGER NOT NULL,
  note TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX decisions_by_student ON decisions (student_id);
CREATE TABLE decision_changes (
  number INTEGER PRIMARY KEY,
  decision_number INTEGER NOT NULL REFERENCES decisions (number) ON DELETE CASCADE,
  stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_changes_by_decision ON decision_changes (decision_number);

CREATE TABLE student_notes (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  edited_at INTEGER,
  deleted_at INTEGER
) STRICT;
CREATE INDEX student_notes_by_student ON student_notes (student_id);
`;
