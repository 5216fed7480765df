import type { DecisionView } from '../../../shared/contract/teacher.ts';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { decisionWords } from '../student/decision-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { useDeciding } from './decisions-context.tsx';

/** What the teacher decided about this student, whether it holds, and the way back. */
export function DecisionList({ student, names }: { readonly student: StudentView; readonly names: SkillNames }) {
  const { t } = useWords();
  const deciding = useDeciding();
  const state = useRoute('decisions.list', { studentId: student.id });
  const goal = student.plan.decisions?.some(({ decision }) => decision.kind === 'goal') ?? false;
  return (
    <Section
      title={t('decisions.title')}
      note={t('decisions.note')}
      actions={
        <Button isDisabled={deciding?.busy ?? true} onPress={() => deciding?.start({ kind: 'goal' })}>
          {t(goal ? 'decisions.change' : 'decisions.goalButton')}
        </Button>
      }
    >
      <Loaded state={state}>
        {({ decisions: made }) =>
          made.length === 0 ? (
            <p className="note">{t('decisions.none')}</p>
          ) : (
            <ul className="decision-list">
              {made.map((each) => (
                <DecisionRow key={each.id} made={each} names={names} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function DecisionRow({ made, names }: { readonly made: DecisionView; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const deciding = useDeciding();
  const what = decisionWords(made.decision, names, t, format);
  const parts = [
    t('decisions.made', { day: format.day(made.at, Date.now()) }),
    ...(made.state === 'holds' ? [] : [t(`decisions.state.${made.state}`)]),
    ...(made.answersSince === 0 ? [] : [t('decisions.since', { count: made.answersSince })]),
  ];
  return (
    <li className={`decision decision-${made.state}`}>
      <span className="draft-words">
        <span>{what}</span>
        <span className="note">{parts.join(' · ')}</span>
        {made.note === '' ? null : <span className="decision-note">{made.note}</span>}
      </span>
      <span className="no-print">
        <Button
          kind="quiet"
          icon="undo"
          aria-label={t('decisions.takeBackOne', { what })}
          isDisabled={deciding?.busy ?? true}
          onPress={() => void deciding?.takeBack(made.id, made.decision)}
        >
          {t('decisions.takeBack')}
        </Button>
      </span>
    </li>
  );
}
