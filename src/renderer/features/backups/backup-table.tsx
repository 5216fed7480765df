import type { BackupRecord } from '../../../shared/contract/backups.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { useWords } from '../../i18n/use-words.ts';

/** All backups, newest first, each with a way to look at it. */
export function BackupTable({
  backups,
  onLook,
}: {
  readonly backups: readonly BackupRecord[];
  readonly onLook: (backup: BackupRecord) => void;
}) {
  const { t, format } = useWords();
  return (
    <DataTable
      label={t('backups.title')}
      rows={backups}
      rowKey={({ name }) => name}
      columns={[
        {
          title: t('backups.when'),
          cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{format.exactTime(at)}</time>,
        },
        { title: t('backups.why'), cell: ({ reason }) => t(`backups.reason.${reason}`) },
        {
          title: t('backups.size'),
          cell: ({ bytes }) => t('backups.megabytes', { size: format.number(Math.max(0.1, bytes / 1e6), bytes < 1e7 ? 1 : 0) }),
          numeric: true,
        },
        {
          title: t('backups.action'),
          cell: (backup) => (
            <Button
              kind="quiet"
              aria-label={t('backups.lookAt', { when: format.exactTime(backup.at) })}
              onPress={() => onLook(backup)}
            >
              {t('backups.look')}
            </Button>
          ),
        },
      ]}
    />
  );
}
