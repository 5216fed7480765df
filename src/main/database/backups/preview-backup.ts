import type { Database } from 'better-sqlite3';
import type { BackupPreview, Holdings } from '../../../shared/contract/backups.ts';
import { findBackup } from './backup-files.ts';
import { withStaged } from './staging.ts';

/** Imports named in a preview. */
const NAMED = 100;

/** What each kind of row is, apart from its row number: two gradebooks hold the same row where all of this is the same. */
const CONTENT: Readonly<Record<keyof Holdings, (schema: string) => string>> = {
  classes: (s) => `SELECT name FROM ${s}.classes`,
  students: (s) =>
    `SELECT s.code, s.given_name, s.family_name, s.grade, c.name FROM ${s}.students s LEFT JOIN ${s}.classes c ON c.id = s.class_id`,
  answers: (s) =>
    `SELECT s.code, a.position, q.code, k.code, a.correct, a.answered_at FROM ${s}.answers a JOIN ${s}.students s ON s.id = a.student_id
     JOIN ${s}.questions q ON q.id = a.question_id JOIN ${s}.skill_sets k ON k.id = a.set_id`,
  marks: (s) =>
    `SELECT s.code, g.code, m.points, m.status FROM ${s}.marks m JOIN ${s}.students s ON s.id = m.student_id JOIN ${s}.assignments g ON g.id = m.assignment_id`,
  imports: (s) => `SELECT id FROM ${s}.imports WHERE undone_at IS NULL`,
  models: (s) => `SELECT id FROM ${s}.models`,
};
const KINDS = Object.keys(CONTENT) as (keyof Holdings)[];

/**
 * What a backup holds, and what restoring it would take away and bring back.
 * @param present file of the present gradebook; undefined where it cannot be read
 * @throws PathlightError `no-such-backup`, `backup-damaged`, `newer-schema`
 */
export function previewBackup(gradebookFile: string, name: string, present: string | undefined): Promise<BackupPreview> {
  const { path: _, ...backup } = findBackup(gradebookFile, name);
  return withStaged(gradebookFile, name, (staged): BackupPreview => {
    const holds = count(staged, (kind) => `SELECT count(*) FROM (${CONTENT[kind]('main')})`);
    if (present === undefined) return { backup, holds, now: null, lost: null, comeBack: null, lostImports: [] };
    staged.prepare('ATTACH ? AS present').run(present);
    const missing = (from: string, other: string) => (kind: keyof Holdings) =>
      `SELECT count(*) FROM (${CONTENT[kind](from)} EXCEPT ${CONTENT[kind](other)})`;
    return {
      backup,
      holds,
      now: count(staged, (kind) => `SELECT count(*) FROM (${CONTENT[kind]('present')})`),
      lost: count(staged, missing('present', 'main')),
      comeBack: count(staged, missing('main', 'present')),
      lostImports: staged
        .prepare(
          `SELECT file, format, created_at AS at FROM present.imports WHERE undone_at IS NULL AND id NOT IN (SELECT id FROM main.imports) ORDER BY number DESC LIMIT ${NAMED}`,
        )
        .all() as BackupPreview['lostImports'],
    };
  });
}

function count(database: Database, sql: (kind: keyof Holdings) => string): Holdings {
  return Object.fromEntries(KINDS.map((kind) => [kind, database.prepare(sql(kind)).pluck().get() as number])) as Holdings;
}
