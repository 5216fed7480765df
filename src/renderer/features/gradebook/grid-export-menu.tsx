import { useState } from 'react';
import { EXPORTS } from '../../../shared/contract/gradebook.ts';
import { SaveMenu } from '../../components/save-menu.tsx';
import { useAnnounce } from '../../components/announcer.tsx';
import { Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAction } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

/** The class's marks, answers or roster as a file that imports again. */
export function GridExportMenu({ choice }: { readonly choice: { readonly classId?: string | null } }) {
  const { api } = useApplication();
  const { t } = useWords();
  const announce = useAnnounce();
  const make = useAction('gradebook.export');
  const [saving, setSaving] = useState(false);

  async function onChoose(kind: (typeof EXPORTS)[number]) {
    setSaving(true);
    try {
      const file = await make.run({ kind, ...choice });
      if (file === undefined) return;
      const { saved } = await api.saveFile(file.fileId);
      if (saved) announce(t('gradebook.export.saved', { name: file.name }));
    } finally {
      setSaving(false);
    }
  }

  return (
    <>
      <SaveMenu
        label={t('gradebook.export.label')}
        busy={saving}
        kinds={EXPORTS.map((kind) => ({ kind, label: t(`gradebook.export.${kind}`) }))}
        onChoose={(kind) => void onChoose(kind)}
      />
      {make.error === undefined ? null : <Problem failure={make.error} />}
    </>
  );
}
