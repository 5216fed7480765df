import { SaveMenu } from '../../components/save-menu.tsx';
import { Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAction } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

/** The course's map as a file that comes in again without loss. */
export function MapExport() {
  const { api } = useApplication();
  const { t } = useWords();
  const make = useAction('skills.export');
  return (
    <>
      <SaveMenu
        label={t('skillsEdit.export')}
        busy={make.busy}
        kinds={[
          { kind: 'csv', label: t('skillsEdit.exportCsv') },
          { kind: 'case', label: t('skillsEdit.exportCase') },
        ]}
        onChoose={(format) =>
          void make.run({ format }).then((file) => {
            if (file !== undefined) void api.saveFile(file.fileId);
          })
        }
      />
      {make.error === undefined ? null : <Problem failure={make.error} />}
    </>
  );
}
