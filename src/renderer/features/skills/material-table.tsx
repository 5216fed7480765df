import { useState } from 'react';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { OptionsMenu } from '../../components/options-menu.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAction } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

export interface MaterialTable {
  /** The button that saves all links as a table, or adds those of one. */
  readonly menu: React.ReactNode;
  /** How it went. */
  readonly outcome: React.ReactNode;
}

/** All links of the course as a table, out and in. */
export function useMaterialTable(): MaterialTable {
  const { api } = useApplication();
  const { t } = useWords();
  const announce = useAnnounce();
  const save = useAction('material.export');
  const add = useAction('material.import');
  const [result, setResult] = useState<RouteOutput<'material.import'>>();
  const error = save.error ?? add.error;

  async function onSave() {
    const file = await save.run({});
    if (file !== undefined) await api.saveFile(file.fileId);
  }
  async function onAdd() {
    const [file] = await api.chooseFiles();
    if (file === undefined) return;
    const added = await add.run({ fileId: file.id });
    setResult(added);
    if (added !== undefined) announce(t('material.imported', { count: added.added }));
  }

  return {
    menu: (
      <OptionsMenu
        label={t('material.table')}
        trigger={<Button isPending={save.busy || add.busy}>{t('material.table')}</Button>}
        options={[
          { value: 'export', label: t('material.export') },
          { value: 'import', label: t('material.import') },
        ]}
        onChoose={(chosen) => void (chosen === 'export' ? onSave() : onAdd())}
      />
    ),
    outcome: (
      <>
        {error === undefined ? null : <Problem failure={error} />}
        {result === undefined ? null : (
          <Banner tone={result.refused.length === 0 ? 'good' : 'warning'} onDismiss={() => setResult(undefined)}>
            <p>
              {t('material.imported', { count: result.added })}{' '}
              {result.known === 0 ? null : t('material.known', { count: result.known })}
            </p>
            <ul>
              {result.refused.map(({ line, reason, text }) => (
                <li key={line}>{t(`material.refused.${reason}`, { line, text })}</li>
              ))}
            </ul>
          </Banner>
        )}
      </>
    ),
  };
}
