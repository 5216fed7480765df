/**
 * Whose answers were typed in, so that the class of the newest answer is found without a look at all of them.
 *
 * What cleaning found in a file and whether it was done, with its import; what else is said about files that look alike, with their
 * mapping.
 */
export const migration0007 = `
ALTER TABLE imports ADD COLUMN cleaning TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cleaning));
CREATE TABLE typed_students (
  import_number INTEGER NOT NULL REFERENCES imports (number),
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  PRIMARY KEY (import_number, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX typed_students_by_student ON typed_students (student_id);
ALTER TABLE import_presets ADD COLUMN said TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(said));
`;
