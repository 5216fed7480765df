import { Page } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { countWords } from './counts.ts';
import { ImportList } from './import-list.tsx';
import { useImportSession } from './import-session.tsx';
import { NewImport } from './new-import.tsx';

/** Files in, and out again. */
export function ImportsScreen() {
  const { t, format } = useWords();
  const status = useRoute('system.status', {});
  const imports = useRoute('imports.list', {});
  const standing = imports.data?.imports.filter(({ undone }) => !undone).length ?? 0;
  const session = useImportSession();
  const looking = session.files.length > 0 && session.jobId === undefined;
  // Skills alone are no class yet: then it says what can come.
  const holds = status.data === undefined ? '' : countWords({ ...status.data.gradebook, questions: 0 }, t, format);
  const lead = looking
    ? t('imports.leadLooking')
    : holds === '' || standing === 0
      ? t('imports.lead')
      : t('imports.leadCounts', {
          what: holds,
          imports: t('imports.imports', { count: standing }),
        });
  return (
    <Page title={t('imports.title')} lead={lead}>
      <NewImport />
      <Loaded state={imports}>{(data) => <ImportList imports={data.imports} />}</Loaded>
    </Page>
  );
}
