import { Button, LinkButton } from '../../components/button.tsx';
import { Banner } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { groupsOf } from '../questions/suggestions.tsx';
import type { CourseEdits } from '../questions/use-course-edits.tsx';
import { shorten } from '../student/reason.ts';
import { skillNames } from '../../../shared/skill-names.ts';

/** So many skills are named. */
const NAMED = 8;

/** How many questions and assignments have no skill, and what their titles speak of; undefined until it is known. */
export function useWithoutSkills() {
  const list = useRoute('questions.list', {}).data;
  const suggestions = useRoute('questions.suggest', {}).data?.suggestions;
  if (list === undefined || suggestions === undefined) return undefined;
  return {
    open: list.items.filter((item) => item.skills.length === 0 && !item.voided).length,
    suggestions,
    skills: [...new Set(suggestions.flatMap(({ skills }) => skills))].map(skillNames(list.skills)),
  };
}

/** After an import: what has no skill yet, and the skills that titles speak of, to be taken at once or one by one. Nothing waits for it. */
export function WithoutSkills(properties: {
  readonly without: NonNullable<ReturnType<typeof useWithoutSkills>>;
  readonly edits: CourseEdits;
}) {
  const { without, edits } = properties;
  const { open, suggestions, skills } = without;
  const { t, format } = useWords();
  if (open === 0) return null;
  return (
    <Banner
      tone="information"
      actions={
        <>
          {suggestions.length === 0 ? null : (
            <Button
              kind="primary"
              isPending={edits.busy}
              onPress={() => void edits.run('questions.accept', { groups: groupsOf(suggestions) })}
            >
              {t('questions.suggest.use', { count: skills.length })}
            </Button>
          )}
          <LinkButton to={{ screen: 'questions', view: suggestions.length === 0 ? 'open' : 'suggestions' }}>
            {t(suggestions.length === 0 ? 'questions.giveNow' : 'questions.suggest.look')}
          </LinkButton>
        </>
      }
    >
      <p>
        {t('questions.afterImport', { count: open })}
        {format.language === 'zh' ? '' : ' '}
        {suggestions.length === 0
          ? t('questions.openNote')
          : t('questions.suggest.few', { count: skills.length, list: shorten(skills, t, format, NAMED) })}
      </p>
    </Banner>
  );
}
