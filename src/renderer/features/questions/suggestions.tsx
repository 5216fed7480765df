import type { Suggestion } from '../../../shared/contract/course.ts';
import type { RouteInput } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillOption } from './skill-combo.tsx';
import type { CourseEdits } from './use-course-edits.tsx';
import { skillNames } from '../../../shared/skill-names.ts';

/** What is sent to accept them all. */
export const groupsOf = (suggestions: readonly Suggestion[]): RouteInput<'questions.accept'>['groups'] =>
  suggestions.map(({ items, skills }) => ({ items: items.map(({ kind, id }) => ({ kind, id })), skills: [...skills] }));

function SuggestionGroup({
  suggestion,
  names,
  edits,
}: {
  readonly suggestion: Suggestion;
  readonly names: (skill: string) => string;
  readonly edits: CourseEdits;
}) {
  const { t, format, code } = useWords();
  const { skills, items, reason } = suggestion;
  const said = format.list(skills.map(names));
  const accept = (which: Suggestion['items']) =>
    void edits.run('questions.assign', { items: which.map(({ kind, id }) => ({ kind, id })), mode: 'add', skills: [...skills] });
  return (
    <li className="suggestion">
      <div className="suggestion-head">
        <div>
          <h3>{said}</h3>
          <p className="note">{code('questions.reason', reason.code, reason.detail, reason.code)}</p>
        </div>
        <Button
          isDisabled={edits.busy}
          aria-label={`${t('questions.suggest.acceptAll', { count: items.length })}: ${said}`}
          onPress={() => accept(items)}
        >
          {t('questions.suggest.acceptAll', { count: items.length })}
        </Button>
      </div>
      <details open={items.length <= 3}>
        <summary>{t('questions.suggest.show', { count: items.length })}</summary>
        <ul className="suggestion-items">
          {items.slice(0, 200).map((item) => (
            <li key={`${item.kind} ${item.id}`}>
              <span>{item.title}</span>
              {items.length === 1 ? null : (
                <Button
                  kind="quiet"
                  isDisabled={edits.busy}
                  aria-label={t('questions.suggest.acceptOf', { skills: said, title: item.title })}
                  onPress={() => accept([item])}
                >
                  {t('questions.suggest.accept')}
                </Button>
              )}
            </li>
          ))}
          {items.length > 200 ? <li className="note">{t('app.more', { count: items.length - 200 })}</li> : null}
        </ul>
      </details>
    </li>
  );
}

/** Skills that titles speak for, by group; nothing is given before it is accepted. */
export function Suggestions({ skills, edits }: { readonly skills: readonly SkillOption[]; readonly edits: CourseEdits }) {
  const { t } = useWords();
  const state = useRoute('questions.suggest', {});
  const names = skillNames(skills);
  return (
    <Section
      title={t('questions.suggest.title')}
      note={t('questions.suggest.note')}
      actions={
        (state.data?.suggestions.length ?? 0) < 2 ? undefined : (
          <Button
            kind="primary"
            isDisabled={edits.busy}
            onPress={() => void edits.run('questions.accept', { groups: groupsOf(state.data?.suggestions ?? []) })}
          >
            {t('questions.suggest.everything')}
          </Button>
        )
      }
    >
      <Loaded state={state}>
        {({ suggestions, left }) => (
          <>
            {suggestions.length > 0 ? (
              <ul className="suggestions">
                {suggestions.map((suggestion) => (
                  <SuggestionGroup key={suggestion.id} suggestion={suggestion} names={names} edits={edits} />
                ))}
              </ul>
            ) : (
              <p className="note">{t(left === 0 ? 'questions.suggest.nothingOpen' : 'questions.suggest.none')}</p>
            )}
            {left === 0 || suggestions.length === 0 ? null : (
              <p className="note">{t('questions.suggest.left', { count: left })}</p>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
