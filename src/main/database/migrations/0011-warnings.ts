/** Warnings that a teacher has set aside, each with a note and how far its evidence reached: what lies beyond may bring it back. */
export const migration0011 = `
CREATE TABLE set_aside_warnings (
  id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  skill TEXT,
  reach INTEGER NOT NULL,
  base INTEGER NOT NULL,
  note TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX set_aside_warnings_by_student ON set_aside_warnings (student_id);
`;
