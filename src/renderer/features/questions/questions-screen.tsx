import { useState } from 'react';
import { Choice } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Loaded, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { QuestionsView } from '../../routing/place.ts';
import { goTo } from '../../routing/use-place.ts';
import { EditList } from './edit-list.tsx';
import { QuestionList } from './question-list.tsx';
import { Rules } from './rules.tsx';
import { Suggestions } from './suggestions.tsx';
import { useCourseEdits } from './use-course-edits.tsx';

const VIEWS = ['list', 'suggestions', 'rules', 'edits'] as const;

/** Questions and assignments with their skills: by hand, by suggestions, by rules; and how they count. */
export function QuestionsScreen({ view }: { readonly view: QuestionsView }) {
  const { t } = useWords();
  const state = useRoute('questions.list', {});
  const edits = useCourseEdits();
  const [changed, setChanged] = useState(false);
  const items = state.data?.items;
  const open = items?.filter((item) => item.skills.length === 0 && !item.voided).length ?? 0;
  const lead =
    items === undefined ? (
      <Skeleton lines={1} />
    ) : items.length === 0 ? (
      t('questions.none')
    ) : (
      t('questions.lead', {
        items: t('questions.items', { count: items.length }),
        open: open === 0 ? t('questions.allHave') : t('questions.open', { count: open }),
      })
    );
  const tab = view === 'open' ? 'list' : view;
  return (
    <Page
      back={{ to: { screen: 'skills' }, label: t('questions.back') }}
      title={t('questions.title')}
      lead={
        <>
          {lead}
          {open === 0 ? null : <p className="lead-more">{t('questions.openNote')}</p>}
        </>
      }
      wide
    >
      <div className="course-views">
        <Choice
          label={t('questions.view')}
          value={tab}
          options={VIEWS.map((value) => ({ value, label: t(`questions.views.${value}`) }))}
          onChange={(next) => goTo({ screen: 'questions', view: next })}
        />
      </div>
      {edits.outcome}
      <Loaded state={state}>
        {(data) =>
          tab === 'suggestions' ? (
            <Suggestions skills={data.skills} edits={edits} />
          ) : tab === 'rules' ? (
            <Rules skills={data.skills} edits={edits} />
          ) : tab === 'edits' ? (
            <EditList edits={edits} />
          ) : data.items.length === 0 ? null : (
            <QuestionList
              items={data.items}
              skills={data.skills}
              filter={view === 'open' ? 'open' : changed ? 'changed' : 'all'}
              onFilter={(filter) => {
                setChanged(filter === 'changed');
                goTo({ screen: 'questions', view: filter === 'open' ? 'open' : 'list' });
              }}
              edits={edits}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
