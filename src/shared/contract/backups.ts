import { z } from 'zod';
import { nothing } from './common.ts';
import { route } from './route.ts';

/** Why a backup was made. `restore`: what stood before a restore put another in its place; `added`: it came from another folder. */
export const BACKUP_REASONS = ['daily', 'import', 'migration', 'restore', 'manual', 'added'] as const;
export const backupReason = z.enum(BACKUP_REASONS);
export type BackupReason = z.infer<typeof backupReason>;

export const backupRecord = z.object({
  /** Its file's name, which says all but the size. */
  name: z.string(),
  at: z.number(),
  reason: backupReason,
  /** Version of the gradebook's schema in it. */
  schema: z.number().int(),
  bytes: z.number().int(),
});
export type BackupRecord = z.infer<typeof backupRecord>;

/** The backup that a person most likely wants: the newest that is not of what they themselves put another in the place of. */
export function likeliest(newestFirst: readonly BackupRecord[]): BackupRecord | undefined {
  return newestFirst.find(({ reason }) => reason !== 'restore') ?? newestFirst[0];
}

/** Numbers of what a gradebook holds. */
export const holdings = z.object({
  classes: z.number().int(),
  students: z.number().int(),
  answers: z.number().int(),
  marks: z.number().int(),
  imports: z.number().int(),
  models: z.number().int(),
});
export type Holdings = z.infer<typeof holdings>;

/** What a restore would change, row by row: an answer that differs in both counts as lost and as come back. */
export const backupPreview = z.object({
  backup: backupRecord,
  holds: holdings,
  /** Null where the present gradebook cannot be read; then nothing below can be told. */
  now: holdings.nullable(),
  /** In the present gradebook and not in the backup. */
  lost: holdings.nullable(),
  /** In the backup and not in the present gradebook. */
  comeBack: holdings.nullable(),
  /** The trained model that was in use; null for the built-in one. Where its files are neither in the backup nor in the data folder, the built-in one speaks. */
  model: z.object({ trainedAt: z.number(), inBackup: z.boolean(), here: z.boolean() }).nullable(),
  /** Imports, and answers typed in, that the backup does not know; newest first, a hundred at most. */
  lostImports: z.array(z.object({ file: z.string(), format: z.string(), at: z.number() })),
});
export type BackupPreview = z.infer<typeof backupPreview>;

/** What became of the gradebook that stood before: a backup's name, or the name under which a damaged file lies in the data folder. */
const kept = z.object({ keptAs: z.string().nullable() });

export const backupRoutes = {
  /** Newest first. */
  'backups.list': route(nothing, z.object({ folder: z.string(), backups: z.array(backupRecord) })),
  'backups.preview': route(z.object({ name: z.string() }), backupPreview),
  /** `made` is false where the newest backup holds the same already. */
  'backups.make': route(nothing, z.object({ backup: backupRecord.nullable(), made: z.boolean() })),
  /** Takes a chosen file among the backups, if it is one. Nothing else happens. */
  'backups.add': route(z.object({ fileId: z.string() }), z.object({ backup: backupRecord })),
  'backups.restore': route(z.object({ name: z.string() }), kept),
  /** Only where the gradebook cannot be opened: it is kept under another name, and an empty one takes its place. */
  'backups.startEmpty': route(nothing, kept),
};
