import type { BackupPreview, Holdings } from '../../../shared/contract/backups.ts';
import path from 'node:path';
import { findBackup } from './backup-files.ts';
import { modelInUse } from './carried-models.ts';
import { withStaged } from './staging.ts';

/** Imports named in a preview. */
const NAMED = 100;

/** What a row of each kind is, apart from its row number: two gradebooks hold the same row where all of this is the same. */
const CONTENT: Readonly<Record<Exclude<keyof Holdings, 'answers'>, (schema: string) => string>> = {
  classes: (s) => `SELECT name FROM ${s}.classes`,
  students: (s) =>
    `SELECT s.code, s.given_name, s.family_name, s.grade, c.name FROM ${s}.students s LEFT JOIN ${s}.classes c ON c.id = s.class_id`,
  marks: (s) =>
    `SELECT s.code, g.code, m.points, m.status FROM ${s}.marks m JOIN ${s}.students s ON s.id = m.student_id JOIN ${s}.assignments g ON g.id = m.assignment_id`,
  imports: (s) => `SELECT id FROM ${s}.imports WHERE undone_at IS NULL`,
  models: (s) => `SELECT id FROM ${s}.models`,
};

/** Row numbers in the present gradebook and in the backup of what has the same code in both. */
const MAP = (table: string): string => `
  CREATE TEMP TABLE both_${table} (here INTEGER PRIMARY KEY, there INTEGER NOT NULL);
  INSERT INTO both_${table} SELECT p.id, b.id FROM present.${table} p JOIN main.${table} b ON b.code = p.code;`;

/** Millions of answers are found by their keys, one by one in their order; comparing them as texts would take ten times as long. */
const SAME_ANSWERS = `
  SELECT count(*) FROM present.answers a CROSS JOIN both_students s ON s.here = a.student_id
    CROSS JOIN main.answers b ON b.student_id = s.there AND b.position = a.position
    CROSS JOIN both_questions q ON q.here = a.question_id AND q.there = b.question_id
    CROSS JOIN both_skill_sets k ON k.here = a.set_id AND k.there = b.set_id
    WHERE b.correct = a.correct AND b.answered_at IS a.answered_at`;

/**
 * What a backup holds, and what restoring it would take away and bring back.
 * @param present file of the present gradebook; undefined where it cannot be read
 * @throws PathlightError `no-such-backup`, `backup-damaged`, `newer-schema`
 */
export function previewBackup(gradebookFile: string, name: string, present: string | undefined): Promise<BackupPreview> {
  const { path: _, ...backup } = findBackup(gradebookFile, name);
  return withStaged(gradebookFile, name, (staged): BackupPreview => {
    const number = (sql: string): number => staged.prepare(sql).pluck().get() as number;
    const holdingsOf = (schema: string): Holdings =>
      each((kind) =>
        number(kind === 'answers' ? `SELECT count(*) FROM ${schema}.answers` : `SELECT count(*) FROM (${CONTENT[kind](schema)})`),
      );
    const holds = holdingsOf('main');
    const model = modelInUse(staged, path.dirname(gradebookFile));
    if (present === undefined) return { backup, holds, now: null, lost: null, comeBack: null, lostImports: [], model };
    staged.prepare('ATTACH ? AS present').run(present);
    staged.pragma('temp_store = MEMORY');
    staged.exec(['students', 'questions', 'skill_sets'].map(MAP).join(''));
    const now = holdingsOf('present');
    const same = each((kind) =>
      number(
        kind === 'answers'
          ? SAME_ANSWERS
          : `SELECT count(*) FROM (${CONTENT[kind]('present')} INTERSECT ${CONTENT[kind]('main')})`,
      ),
    );
    return {
      backup,
      holds,
      model,
      now,
      lost: each((kind) => now[kind] - same[kind]),
      comeBack: each((kind) => holds[kind] - same[kind]),
      lostImports: staged
        .prepare(
          `SELECT file, format, created_at AS at FROM present.imports WHERE undone_at IS NULL AND id NOT IN (SELECT id FROM main.imports) ORDER BY number DESC LIMIT ${NAMED}`,
        )
        .all() as BackupPreview['lostImports'],
    };
  });
}

function each(count: (kind: keyof Holdings) => number): Holdings {
  return {
    classes: count('classes'),
    students: count('students'),
    answers: count('answers'),
    marks: count('marks'),
    imports: count('imports'),
    models: count('models'),
  };
}
