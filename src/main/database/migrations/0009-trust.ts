/**
 * Which model spoke when, so that an older one can be taken up again; what was forecast of answers before they came in; and how much of the gradebook a
 * plan that was handed out had seen. `model_id` NULL is the shipped starter. A model that was deleted keeps its row: plans and forecasts name it.
 */
export const migration0009 = `
ALTER TABLE models ADD COLUMN removed_at INTEGER;
ALTER TABLE plans ADD COLUMN after_import INTEGER NOT NULL DEFAULT 0;
UPDATE plans SET after_import = coalesce((SELECT max(number) FROM imports WHERE imports.created_at <= plans.created_at), 0);

CREATE TABLE model_uses (
  number INTEGER PRIMARY KEY,
  model_id TEXT REFERENCES models (id),
  since INTEGER NOT NULL,
  after_import INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('trained', 'switched', 'added'))
) STRICT;
INSERT INTO model_uses (model_id, since, after_import, reason)
  SELECT id, trained_at, coalesce((SELECT max(number) FROM imports WHERE imports.created_at <= models.trained_at), 0), 'trained' FROM models ORDER BY trained_at;

CREATE TABLE forecast_imports (
  import_number INTEGER PRIMARY KEY REFERENCES imports (number),
  model_id TEXT REFERENCES models (id),
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE TABLE forecasts (
  import_number INTEGER NOT NULL REFERENCES imports (number),
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  known INTEGER NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  PRIMARY KEY (import_number, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX forecasts_by_student ON forecasts (student_id);
`;
