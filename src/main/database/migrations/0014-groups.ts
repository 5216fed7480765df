/**
 * A class's groups as a teacher keeps them. The newest row of a class holds; one without groups means the program's own proposal, and those before it are what can be
 * come back to. Classes stand by name ('' is everybody) and skills by code, so that undoing an import and making it again takes nothing away.
 */
export const migration0014 = `
CREATE TABLE groupings (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,
  groups TEXT CHECK (groups IS NULL OR json_valid(groups)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX groupings_by_class ON groupings (class);
CREATE TABLE grouping_members (
  grouping_number INTEGER NOT NULL REFERENCES groupings (number) ON DELETE CASCADE,
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (grouping_number, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grouping_members_by_student ON grouping_members (student_id);
`;
