import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { Problem, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { tellsWords } from './asking-words.ts';
import type { AskedQuestion } from './asking-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

/** As many as are weighed for a first list. */
const COUNT = 5;

export interface QuestionsToAskProperties {
  readonly studentId: string;
  readonly names: SkillNames;
  /** Enters their answers. */
  readonly onEnter: (questions: readonly AskedQuestion[]) => void;
}

/** The questions that would tell most about the student, each with its reason; or why none is needed. */
export function QuestionsToAsk({ studentId, names, onEnter }: QuestionsToAskProperties) {
  const { t, format } = useWords();
  const { data, error, reload } = useRoute('students.ask', { studentId, count: COUNT });
  const points = (share: number): string => format.number(100 * share, 1);
  return (
    <Section
      title={t('asking.title')}
      className="no-print"
      {...(data === undefined || data.enough !== null
        ? {}
        : {
            note: t('asking.note', { before: points(data.error.before), after: points(data.error.after) }),
            actions: (
              <Button icon="plus" onPress={() => onEnter(data.questions)}>
                {t('asking.enter')}
              </Button>
            ),
          })}
    >
      {error === undefined ? null : <Problem failure={error} onRetry={reload} />}
      {data === undefined ? (
        error === undefined ? (
          <Skeleton lines={3} />
        ) : null
      ) : data.enough === null ? (
        <ol className="asking">
          {data.questions.map((each) => (
            <li key={each.question}>
              <span className="asking-question">{each.question}</span>
              {each.skills.length === 0 ? null : <> · {format.list(each.skills.map(names))}</>}
              <span className="note">{tellsWords(each, names, t, format)}</span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="note">{t(`asking.enough.${data.enough}`)}</p>
      )}
    </Section>
  );
}
