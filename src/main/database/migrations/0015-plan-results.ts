/**
 * What came back of a plan that was handed out, step by step, each with the import that holds its answers: undoing that takes it away. `asked` and `correct` are
 * NULL where a step was only said to be done, or not.
 */
export const migration0015 = `
CREATE TABLE plan_results (
  plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  import_number INTEGER NOT NULL REFERENCES imports (number),
  state TEXT NOT NULL CHECK (state IN ('counted', 'done', 'not-done')),
  correct INTEGER,
  asked INTEGER,
  PRIMARY KEY (plan_id, step, import_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_results_by_import ON plan_results (import_number);
CREATE INDEX plans_by_student ON plans (student_id);
`;
