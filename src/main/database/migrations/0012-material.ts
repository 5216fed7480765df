/**
 * A teacher's links and files for skills. The skill stands by its code, so that one that is merged, removed or not there for a while takes nothing away. What was
 * deleted keeps its content until `deleted_at` is a month ago.
 */
export const migration0012 = `
CREATE TABLE material (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  skill TEXT NOT NULL,
  strategy TEXT,
  title TEXT NOT NULL,
  address TEXT,
  file_name TEXT,
  content BLOB,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER,
  CHECK ((address IS NULL) <> (content IS NULL)),
  CHECK ((file_name IS NULL) = (content IS NULL))
) STRICT;
`;
