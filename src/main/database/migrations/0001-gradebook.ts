/** The first schema. `import_number` on a row says which import brought it; what an import changed in rows that were there is in `journal`. */
export const migration0001 = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO settings (name, value) VALUES ('revision', 0);

CREATE TABLE imports (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  hash TEXT NOT NULL,
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  delimiter TEXT NOT NULL,
  students INTEGER NOT NULL,
  questions INTEGER NOT NULL,
  answers INTEGER NOT NULL,
  marks INTEGER NOT NULL,
  refused TEXT NOT NULL CHECK (json_valid(refused)),
  created_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;

CREATE TABLE subjects (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE classes (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  subject_id INTEGER REFERENCES subjects (id),
  import_number INTEGER REFERENCES imports (number)
) STRICT;

CREATE TABLE students (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  given_name TEXT NOT NULL DEFAULT '',
  family_name TEXT NOT NULL DEFAULT '',
  class_id INTEGER REFERENCES classes (id),
  grade TEXT,
  import_number INTEGER REFERENCES imports (number)
) STRICT;
CREATE INDEX students_by_class ON students (class_id);

CREATE TABLE profile_fields (
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  area TEXT NOT NULL CHECK (area IN ('background', 'preference', 'behaviour')),
  field TEXT NOT NULL,
  value ANY NOT NULL,
  import_number INTEGER REFERENCES imports (number),
  PRIMARY KEY (student_id, area, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE skills (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  subject_id INTEGER REFERENCES subjects (id),
  import_number INTEGER REFERENCES imports (number)
) STRICT;

CREATE TABLE prerequisites (
  skill_id INTEGER NOT NULL REFERENCES skills (id),
  prerequisite_id INTEGER NOT NULL REFERENCES skills (id),
  import_number INTEGER REFERENCES imports (number),
  PRIMARY KEY (skill_id, prerequisite_id),
  CHECK (skill_id <> prerequisite_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX prerequisites_by_prerequisite ON prerequisites (prerequisite_id);

CREATE TABLE skill_sets (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE skill_set_members (
  set_id INTEGER NOT NULL REFERENCES skill_sets (id) ON DELETE CASCADE,
  skill_id INTEGER NOT NULL REFERENCES skills (id),
  PRIMARY KEY (set_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX skill_set_members_by_skill ON skill_set_members (skill_id);

CREATE TABLE questions (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  import_number INTEGER REFERENCES imports (number)
) STRICT;

CREATE TABLE question_skills (
  question_id INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
  skill_id INTEGER NOT NULL REFERENCES skills (id),
  import_number INTEGER REFERENCES imports (number),
  PRIMARY KEY (question_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_skills_by_skill ON question_skills (skill_id);

CREATE TABLE answers (
  id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES students (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  question_id INTEGER NOT NULL REFERENCES questions (id),
  set_id INTEGER NOT NULL REFERENCES skill_sets (id),
  correct REAL NOT NULL CHECK (correct BETWEEN 0 AND 1),
  answered_at INTEGER,
  response_time_ms REAL,
  attempt INTEGER,
  hint INTEGER,
  import_number INTEGER NOT NULL REFERENCES imports (number),
  UNIQUE (student_id, position)
) STRICT;
CREATE INDEX answers_by_question ON answers (question_id);
CREATE INDEX answers_by_import ON answers (import_number);

CREATE TABLE marks (
  id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES students (id),
  assignment TEXT NOT NULL,
  points REAL NOT NULL,
  possible REAL NOT NULL CHECK (possible > 0),
  marked_at INTEGER,
  import_number INTEGER NOT NULL REFERENCES imports (number),
  UNIQUE (student_id, assignment)
) STRICT;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  import_number INTEGER NOT NULL REFERENCES imports (number),
  entity TEXT NOT NULL,
  key TEXT NOT NULL CHECK (json_valid(key)),
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_by_import ON journal (import_number);
CREATE INDEX journal_by_key ON journal (entity, key);

CREATE TABLE models (
  id TEXT PRIMARY KEY,
  trained_at INTEGER NOT NULL,
  learner TEXT NOT NULL,
  folder TEXT NOT NULL,
  answers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE adaptations (
  id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  model_id TEXT REFERENCES models (id),
  created_at INTEGER NOT NULL,
  phi BLOB NOT NULL,
  answers INTEGER NOT NULL
) STRICT;

CREATE TABLE plans (
  id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  model_id TEXT REFERENCES models (id),
  created_at INTEGER NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;

CREATE TABLE running (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  process INTEGER NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  started_at INTEGER NOT NULL
) STRICT;
`;
