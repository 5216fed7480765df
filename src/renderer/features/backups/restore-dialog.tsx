import type { BackupPreview, BackupRecord, Holdings } from '../../../shared/contract/backups.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded, Problem, Skeleton } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

const KINDS = ['classes', 'students', 'answers', 'marks', 'imports', 'models'] as const;

const isNothing = (counts: Holdings): boolean => KINDS.every((kind) => counts[kind] === 0);

function Comparison({ preview }: { readonly preview: BackupPreview }) {
  const { t, format } = useWords();
  const { holds, now, lost, comeBack, lostImports, model } = preview;
  const number = (title: string, counts: Holdings | null) =>
    counts === null ? [] : [{ title, cell: (kind: (typeof KINDS)[number]) => format.number(counts[kind]), numeric: true }];
  return (
    <div className="restore-comparison">
      <DataTable
        label={t('backups.what')}
        rows={KINDS}
        rowKey={(kind) => kind}
        columns={[
          { title: t('backups.what'), cell: (kind) => t(`backups.kind.${kind}`) },
          ...number(t('backups.holds'), holds),
          ...number(t('backups.now'), now),
          ...number(t('backups.lost'), lost),
          ...number(t('backups.comeBack'), comeBack),
        ]}
      />
      {lost !== null && comeBack !== null && isNothing(lost) && isNothing(comeBack) ? <p>{t('backups.same')}</p> : null}
      <p>
        {model === null
          ? t('backups.model.starter')
          : t(model.inBackup || model.here ? 'backups.model.comesBack' : 'backups.model.gone', {
              when: format.exactTime(model.trainedAt),
            })}
      </p>
      {lostImports.length === 0 ? null : (
        <>
          <h3>{t('backups.lostImports')}</h3>
          <ul>
            {lostImports.map(({ file, at }, index) => (
              <li key={`${at} ${index}`}>
                {file || t('backups.typed')} · {format.exactTime(at)}
              </li>
            ))}
          </ul>
        </>
      )}
      {now === null ? null : <p className="note">{t('backups.keptFirst')}</p>}
    </div>
  );
}

/** What a backup holds, what restoring it would change, and the button that does it. */
export function RestoreDialog({
  backup,
  onClose,
  onRestored,
}: {
  readonly backup: BackupRecord;
  readonly onClose: () => void;
  readonly onRestored: (keptAs: string | null) => void;
}) {
  const { t, format } = useWords();
  const preview = useRoute('backups.preview', { name: backup.name });
  const restore = useAction('backups.restore');
  async function onConfirm() {
    const done = await restore.run({ name: backup.name });
    if (done !== undefined) onRestored(done.keptAs);
  }
  return (
    <Dialog
      title={t('backups.restoreTitle', { when: format.exactTime(backup.at) })}
      open
      role="alertdialog"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose} isDisabled={restore.busy}>
            {t('app.cancel')}
          </Button>
          <Button
            kind="primary"
            isPending={restore.busy}
            isDisabled={preview.data === undefined}
            onPress={() => void onConfirm()}
          >
            {t('backups.confirm')}
          </Button>
        </>
      }
    >
      {restore.error === undefined ? null : <Problem failure={restore.error} />}
      <Loaded
        state={preview}
        skeleton={
          <>
            <p className="note">{t('backups.comparing')}</p>
            <Skeleton />
          </>
        }
      >
        {(data) => <Comparison preview={data} />}
      </Loaded>
    </Dialog>
  );
}
