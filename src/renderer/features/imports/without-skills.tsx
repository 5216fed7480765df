import { LinkButton } from '../../components/button.tsx';
import { Banner } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

/** After an import: what has no skill yet, and the way to give it some. Nothing waits for it. */
export function WithoutSkills() {
  const { t } = useWords();
  const { data } = useRoute('questions.list', {});
  const open = data?.items.filter((item) => item.skills.length === 0 && !item.voided).length ?? 0;
  if (open === 0) return null;
  return (
    <Banner
      tone="information"
      actions={<LinkButton to={{ screen: 'questions', view: 'suggestions' }}>{t('questions.giveNow')}</LinkButton>}
    >
      <p>
        {t('questions.afterImport', { count: open })} {t('questions.openNote')}
      </p>
    </Banner>
  );
}
