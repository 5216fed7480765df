import { Button } from '../../components/button.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { AskedQuestion } from './asking-words.ts';
import type { DraftAnswer } from './answer-entry.tsx';
import type { SkillNames } from '../../../shared/skill-names.ts';

export interface AskedQuestionsProperties {
  readonly questions: readonly AskedQuestion[];
  readonly names: SkillNames;
  readonly onAnswer: (answer: Omit<DraftAnswer, 'number'>) => void;
}

/** Questions that were proposed, still without an answer: right or wrong moves one to what is recorded. */
export function AskedQuestions({ questions, names, onAnswer }: AskedQuestionsProperties) {
  const { t, format } = useWords();
  if (questions.length === 0) return null;
  return (
    <>
      <h3>{t('asking.proposed')}</h3>
      <ul className="drafts">
        {questions.map((each) => (
          <li key={each.question} className="asked">
            <span className="draft-words">
              <span>{each.question}</span>
              <span className="note">{format.list(each.skills.map(names))}</span>
            </span>
            <Button
              icon="check"
              aria-label={t('asking.right', { question: each.question })}
              onPress={() => onAnswer({ ...each, correct: 1 })}
            >
              {t('add.right')}
            </Button>
            <Button
              icon="cross"
              aria-label={t('asking.wrong', { question: each.question })}
              onPress={() => onAnswer({ ...each, correct: 0 })}
            >
              {t('add.wrong')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
