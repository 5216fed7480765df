import type { GridView, WhichAnswer } from '../../../shared/contract/gradebook.ts';
import { Choice } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useKeptChoice } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { AddAssignment } from './add-assignment.tsx';
import { GridExportMenu } from './grid-export-menu.tsx';
import { PastEdits } from './past-edits.tsx';
import { GradebookGrid } from './gradebook-grid.tsx';

const GRID_VIEWS: readonly GridView[] = ['marks', 'answers'];
const WHICH: readonly WhichAnswer[] = ['latest', 'first'];

/** Every mark and every answer, to look at, to correct and to take out again. */
export function GradebookScreen() {
  const { t } = useWords();
  const choice = useClassChoice();
  const [chosen, setView] = useKeptChoice<GridView | ''>('gradebook.view', GRID_VIEWS, '');
  const held = useRoute('system.status', {}).data?.gradebook;
  // What is there is shown: many gradebooks hold answers alone.
  const view = chosen !== '' ? chosen : held !== undefined && held.marks === 0 && held.answers > 0 ? 'answers' : 'marks';
  const [which, setWhich] = useKeptChoice<WhichAnswer>('gradebook.which', WHICH, 'latest');
  return (
    <Page
      title={t('gradebook.title')}
      lead={t(view === 'marks' ? 'gradebook.leadMarks' : 'gradebook.leadAnswers')}
      wide
      className="page-grid"
      actions={
        <>
          <Choice
            label={t('gradebook.view')}
            value={view}
            options={[
              { value: 'marks', label: t('gradebook.marks') },
              { value: 'answers', label: t('gradebook.answers') },
            ]}
            onChange={setView}
          />
          {view === 'answers' ? (
            <Choice
              label={t('gradebook.which')}
              value={which}
              options={[
                { value: 'latest', label: t('gradebook.latest'), title: t('gradebook.latestMeans') },
                { value: 'first', label: t('gradebook.first'), title: t('gradebook.firstMeans') },
              ]}
              onChange={setWhich}
            />
          ) : (
            <AddAssignment />
          )}
          <PastEdits />
          <GridExportMenu choice={choice} />
        </>
      }
    >
      <GradebookGrid key={`${view} ${choice.classId ?? ''}`} view={view} which={which} choice={choice} />
    </Page>
  );
}
