import { useState } from 'react';
import type { BackupRecord } from '../../../shared/contract/backups.ts';
import { Button } from '../../components/button.tsx';
import { useAnnounce } from '../../components/announcer.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Banner, Loaded, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { AddBackup } from './add-backup.tsx';
import { BackupTable } from './backup-table.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

/** Every backup, what each holds, and the way back to it. */
export function BackupsScreen() {
  const { t, format } = useWords();
  const announce = useAnnounce();
  const list = useRoute('backups.list', {});
  const make = useAction('backups.make');
  const [chosen, setChosen] = useState<BackupRecord>();
  const [said, setSaid] = useState<string>();
  const say = (text: string) => {
    setSaid(text);
    announce(text);
  };

  async function onMake() {
    setSaid(undefined);
    const result = await make.run({});
    if (result === undefined) return;
    list.reload();
    say(t(result.made ? 'backups.made' : result.backup === null ? 'backups.nothingToKeep' : 'backups.sameAlready'));
  }

  const newest = list.data?.backups[0];
  return (
    <Page
      back={{ to: { screen: 'settings' }, label: t('settings.title') }}
      title={t('backups.title')}
      lead={
        list.data === undefined
          ? undefined
          : newest === undefined
            ? t('backups.leadNone')
            : t('backups.lead', { count: list.data.backups.length, newest: format.exactTime(newest.at) })
      }
      actions={
        <Button kind="primary" icon="save" isPending={make.busy} onPress={() => void onMake()}>
          {t('backups.make')}
        </Button>
      }
    >
      {make.error === undefined ? null : <Problem failure={make.error} />}
      {said === undefined ? null : (
        <Banner tone="good" onDismiss={() => setSaid(undefined)}>
          <p>{said}</p>
        </Banner>
      )}
      <Loaded state={list}>
        {({ backups, folder }) => (
          <>
            {backups.length === 0 ? null : <BackupTable backups={backups} onLook={setChosen} />}
            <AddBackup
              onAdded={(backup) => {
                list.reload();
                setChosen(backup);
              }}
            />
            <Section title={t('settings.folder')}>
              <p className="note">{t('backups.folder', { folder })}</p>
              <p className="note">{t('backups.retention')}</p>
            </Section>
          </>
        )}
      </Loaded>
      {chosen === undefined ? null : (
        <RestoreDialog
          backup={chosen}
          onClose={() => setChosen(undefined)}
          onRestored={(keptAs) => {
            setChosen(undefined);
            say(t(keptAs === null ? 'backups.restoredSame' : 'backups.restored'));
          }}
        />
      )}
    </Page>
  );
}
