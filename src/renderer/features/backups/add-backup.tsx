import { useState } from 'react';
import type { BackupRecord } from '../../../shared/contract/backups.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

/** A backup from another folder: it is checked, copied among the others, and looked at before anything happens. */
export function AddBackup({ onAdded }: { readonly onAdded: (backup: BackupRecord) => void }) {
  const { api } = useApplication();
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Failure>();

  async function onChoose() {
    setProblem(undefined);
    setBusy(true);
    try {
      const [file] = await api.chooseFiles();
      if (file === undefined) return;
      const answer = await api.call('backups.add', { fileId: file.id });
      if (answer.ok) onAdded(answer.data.backup);
      else setProblem(answer.error);
    } catch (reason) {
      setProblem(toFailure(reason));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Section title={t('backups.elsewhereTitle')}>
      <p className="note">{t('backups.elsewhere')}</p>
      {problem === undefined ? null : <Problem failure={problem} />}
      <Button isPending={busy} onPress={() => void onChoose()}>
        {t('backups.choose')}
      </Button>
    </Section>
  );
}
