import { useState } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { Page } from '../../components/page.tsx';
import { JobProgress } from '../../components/progress.tsx';
import { Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useLatestJob } from '../../data/use-jobs.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../preferences/preferences.tsx';
import { goTo } from '../../routing/use-place.ts';
import { useImportSession } from '../imports/import-session.tsx';
import { AddStudents } from '../students/add-students.tsx';

/** The first screen of an empty gradebook. */
export function WelcomeScreen() {
  const { t } = useWords();
  const { preferences } = usePreferences();
  const session = useImportSession();
  const sample = useAction('system.loadSample');
  const backups = useRoute('backups.list', {}).data?.backups ?? [];
  const job = useLatestJob('sample')?.job;
  const failed = job?.state === 'failed' ? job.error : undefined;
  const [typing, setTyping] = useState(false);
  const loading = job?.state === 'running' ? job : undefined;
  async function open() {
    // Whichever screen was asked for: a look around begins at the class.
    if ((await sample.run({ language: preferences.language })) !== undefined) goTo({ screen: 'class' });
  }
  return (
    <Page title={t('welcome.title')} lead={t('welcome.lead')} className="welcome">
      <p className="welcome-second">{t('welcome.second')}</p>
      <div className="welcome-ways">
        <section className="welcome-way" aria-label={t('welcome.import')}>
          <h2>{t('welcome.import')}</h2>
          <FileDrop
            label={t('welcome.import')}
            shape="wide"
            onFiles={(files) => {
              session.add(files);
              goTo({ screen: 'imports' });
            }}
          >
            <p className="note">{t('welcome.importNote')}</p>
          </FileDrop>
        </section>
        <section className="welcome-way" aria-label={t('welcome.type')}>
          <h2>{t('welcome.type')}</h2>
          <p className="note">{t('welcome.typeNote')}</p>
          <Button icon="plus" onPress={() => setTyping(true)}>
            {t('students.add')}
          </Button>
        </section>
        <section className="welcome-way" aria-label={t('welcome.sample')}>
          <h2>{t('welcome.sample')}</h2>
          <p className="note">{t('welcome.sampleNote')}</p>
          {loading === undefined ? (
            <Button isPending={sample.busy} onPress={() => void open()}>
              {t('welcome.sample')}
            </Button>
          ) : (
            <JobProgress job={loading} label={t('welcome.loadingSample')} />
          )}
          {(sample.error ?? failed) === undefined ? null : <Problem failure={(sample.error ?? failed)!} />}
        </section>
        <section className="welcome-way" aria-label={t('welcome.restore')}>
          <h2>{t('welcome.restore')}</h2>
          <p className="note">
            {backups.length === 0 ? t('welcome.restoreNone') : t('welcome.restoreSome', { count: backups.length })}
          </p>
          <LinkButton to={{ screen: 'backups' }}>{t('backups.open')}</LinkButton>
        </section>
      </div>
      {typing ? <AddStudents className="" onClose={() => setTyping(false)} /> : null}
    </Page>
  );
}
