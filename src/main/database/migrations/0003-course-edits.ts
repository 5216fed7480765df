/**
 * What a teacher says of the course, beside what files say: skills of questions and assignments, questions that are taken out, re-keyed or
 * weighted, skills that stand for others, prerequisites that do not hold. Answers stay as they were imported and are read through this, so
 * that a change costs the same for ten answers and a million, importing a file again changes nothing, and undo restores exactly.
 */
export const migration0003 = `
CREATE TABLE edits (
  import_number INTEGER PRIMARY KEY REFERENCES imports (number),
  kind TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  note TEXT NOT NULL
) STRICT;

CREATE TABLE question_edits (
  question_id INTEGER PRIMARY KEY REFERENCES questions (id),
  skills TEXT CHECK (skills IS NULL OR json_valid(skills)),
  voided INTEGER NOT NULL DEFAULT 0 CHECK (voided IN (0, 1)),
  answer_key TEXT CHECK (answer_key IN ('flipped', 'all-right')),
  weight REAL NOT NULL DEFAULT 1 CHECK (weight BETWEEN 0.25 AND 4)
) STRICT;
CREATE TABLE assignment_edits (
  assignment_id INTEGER PRIMARY KEY REFERENCES assignments (id),
  skills TEXT CHECK (skills IS NULL OR json_valid(skills)),
  voided INTEGER NOT NULL DEFAULT 0 CHECK (voided IN (0, 1)),
  answer_key TEXT CHECK (answer_key = 'all-right'),
  weight REAL NOT NULL DEFAULT 1 CHECK (weight BETWEEN 0.25 AND 4)
) STRICT;

CREATE TABLE skill_edits (
  skill_id INTEGER PRIMARY KEY REFERENCES skills (id),
  stands_for INTEGER REFERENCES skills (id)
) STRICT;

ALTER TABLE prerequisites ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));

CREATE TABLE skill_rules (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL CHECK (place IN ('contains', 'begins', 'ends', 'pattern')),
  text TEXT NOT NULL,
  skills TEXT NOT NULL CHECK (json_valid(skills)),
  created_at INTEGER NOT NULL,
  UNIQUE (place, text, skills)
) STRICT;
`;
