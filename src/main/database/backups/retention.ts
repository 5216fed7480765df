import type { BackupRecord } from '../../../shared/contract/backups.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long backups stay; docs/safety.md says the same to teachers. */
export const RETENTION = {
  /** Whatever their age: the newest. */
  always: 3,
  /** All of the last two days, so many and so large together at most: a class's imports in a row are many, a school's are large. */
  recent: { age: 2 * DAY, count: 30, bytes: 2_000_000_000 },
  /** Then the newest of each day, of each week, of each month. */
  daily: 14 * DAY,
  weekly: 8 * 7 * DAY,
  monthly: 366 * DAY,
  /** What was made before a migration or a restore, or by hand, is not thinned out before. */
  special: 366 * DAY,
} as const;

/**
 * Which backups may go. Each span of a day, week or month keeps its newest, counted back from the first moment of 1970, so that what is kept
 * does not depend on when this is asked.
 * @param backups newest first
 * @returns names of those to remove; never one of the newest `RETENTION.always`
 */
export function outlived(backups: readonly BackupRecord[], now: number): string[] {
  const kept = new Set<string>();
  const spans = new Set<string>();
  let recent = 0;
  let bytes = 0;
  backups.forEach((backup, index) => {
    const age = now - backup.at;
    bytes += backup.bytes;
    const keep = (): void => void kept.add(backup.name);
    if (index < RETENTION.always) keep();
    if (age < RETENTION.recent.age && recent++ < RETENTION.recent.count && bytes <= RETENTION.recent.bytes) keep();
    if (backup.reason !== 'daily' && backup.reason !== 'import' && age < RETENTION.special) keep();
    for (const [name, length, until] of [
      ['day', DAY, RETENTION.daily],
      ['week', 7 * DAY, RETENTION.weekly],
      ['month', 30 * DAY, RETENTION.monthly],
    ] as const) {
      const span = `${name} ${Math.floor(backup.at / length)}`;
      if (spans.has(span)) continue;
      spans.add(span);
      if (age < until) keep();
    }
  });
  return backups.flatMap(({ name }) => (kept.has(name) ? [] : [name]));
}
