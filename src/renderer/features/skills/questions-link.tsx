import { LinkButton } from '../../components/button.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

/** The way to questions and assignments, with how many of them wait for a skill. */
export function QuestionsLink() {
  const { t } = useWords();
  const { data } = useRoute('questions.list', {});
  const open = data?.items.filter((item) => item.skills.length === 0 && !item.voided).length ?? 0;
  return (
    <LinkButton to={{ screen: 'questions', view: 'list' }}>
      {open === 0 ? t('skillsEdit.questions') : t('skillsEdit.questionsOpen', { count: open })}
    </LinkButton>
  );
}
