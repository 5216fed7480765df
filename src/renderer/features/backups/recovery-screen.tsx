import { useState } from 'react';
import { likeliest } from '../../../shared/contract/backups.ts';
import type { BackupRecord } from '../../../shared/contract/backups.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Loaded, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { AddBackup } from './add-backup.tsx';
import { BackupTable } from './backup-table.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

/** Stands in the place of every screen while the gradebook cannot be opened: why, and the ways on. */
export function RecoveryScreen({ trouble }: { readonly trouble: Failure }) {
  const { t, format, failure } = useWords();
  const list = useRoute('backups.list', {});
  const empty = useAction('backups.startEmpty');
  const [chosen, setChosen] = useState<BackupRecord>();
  const [asked, setAsked] = useState(false);
  return (
    <Page title={t('recovery.title')} lead={failure(trouble)} className="recovery">
      {trouble.detail['file'] === undefined ? null : (
        <p>
          <code>{trouble.detail['file']}</code>
        </p>
      )}
      <p>{t('recovery.keeps')}</p>
      {empty.error === undefined ? null : <Problem failure={empty.error} />}
      <Loaded state={list}>
        {({ backups }) => {
          const newest = likeliest(backups);
          return newest === undefined ? (
            <p>{t('recovery.none')}</p>
          ) : (
            <>
              <p>{t('recovery.newest', { when: format.exactTime(newest.at) })}</p>
              <p>
                <Button kind="primary" onPress={() => setChosen(newest)}>
                  {t('recovery.restore', { when: format.exactTime(newest.at) })}
                </Button>
              </p>
              <Section title={t('recovery.others')}>
                <BackupTable backups={backups} onLook={setChosen} />
              </Section>
            </>
          );
        }}
      </Loaded>
      <AddBackup
        onAdded={(backup) => {
          list.reload();
          setChosen(backup);
        }}
      />
      <p>
        <Button onPress={() => setAsked(true)}>{t('recovery.empty')}</Button>
      </p>
      {chosen === undefined ? null : (
        <RestoreDialog backup={chosen} onClose={() => setChosen(undefined)} onRestored={() => setChosen(undefined)} />
      )}
      {asked ? (
        <Dialog
          title={t('recovery.emptyTitle')}
          open
          role="alertdialog"
          onClose={() => setAsked(false)}
          footer={
            <>
              <Button onPress={() => setAsked(false)}>{t('app.cancel')}</Button>
              <Button kind="primary" isPending={empty.busy} onPress={() => void empty.run({}).then(() => setAsked(false))}>
                {t('recovery.empty')}
              </Button>
            </>
          }
        >
          <p>{t('recovery.emptyText')}</p>
        </Dialog>
      ) : null}
    </Page>
  );
}
