import { Suspense, lazy, useEffect, useMemo, useState } from 'react';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Button, Choice } from '../../components/button.tsx';
import { ModelNote } from '../../components/model-note.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Banner, Loaded, Problem, Skeleton } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useKept } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { goTo } from '../../routing/use-place.ts';
import { DecisionList } from '../decisions/decision-list.tsx';
import { DecisionsProvider } from '../decisions/decisions-context.tsx';
import { Notes } from '../decisions/notes.tsx';
import { PlanButton } from '../plans/plan-button.tsx';
import { PracticeButton } from '../plans/practice-button.tsx';
import { ResultsDialog } from '../results/results-dialog.tsx';
import { AddAnswers } from './add-answers.tsx';
import type { AskedQuestion } from './asking-words.ts';
import { AnswerList } from './answer-list.tsx';
import { LearningPath } from './learning-path.tsx';
import { QuestionsToAsk } from './questions-to-ask.tsx';
import { evidenceWords } from './reason.ts';
import { skillNames } from '../../../shared/skill-names.ts';
import { RosterProfile } from './roster-profile.tsx';
import { studentSentence } from './sentence.ts';
import { SkillProfile } from './skill-profile.tsx';

/** Charts come with a large library: fetched when first needed. */
const LevelChart = lazy(() =>
  import('../../components/charts/level-chart.tsx').then((module) => ({ default: module.LevelChart })),
);

export interface StudentScreenProperties {
  readonly studentId: string;
  readonly view: 'path' | 'answers';
}

/** Who the student is, and what all this rests on. */
function EvidenceLine({ student }: { readonly student: StudentView }) {
  const { t, format } = useWords();
  const last = student.answers.find(({ timestamp }) => timestamp !== null)?.timestamp ?? null;
  const parts = [
    student.className,
    student.grade === null ? null : t('student.grade', { grade: student.grade }),
    student.plan.answers === 0 ? t('terms.noAnswers') : evidenceWords(student.plan, t, format),
  ].filter((part) => part !== null && part !== '');
  return (
    <p className="evidence">
      {parts.join(' · ')}
      {last === null ? null : (
        <>
          {' · '}
          <time dateTime={new Date(last).toISOString()} title={format.exactTime(last)}>
            {t('student.evidence.last', { day: format.day(last, Date.now()) })}
          </time>
        </>
      )}
    </p>
  );
}

/** Asked for beside the student, and answered after: the level after each answer takes longer than all else. */
function LevelOverTime({ studentId }: { readonly studentId: string }) {
  const { t } = useWords();
  return (
    <Loaded state={useRoute('students.development', { studentId })}>
      {({ development }) =>
        development.length < 2 ? (
          <p className="note">{t('student.developmentNone')}</p>
        ) : (
          <Suspense fallback={<Skeleton />}>
            <LevelChart development={development} />
          </Suspense>
        )
      }
    </Loaded>
  );
}

function StudentContent({
  student,
  view,
  onAdd,
  onAsked,
}: {
  readonly student: StudentView;
  readonly view: 'path' | 'answers';
  readonly onAdd: () => void;
  readonly onAsked: (questions: readonly AskedQuestion[]) => void;
}) {
  const { t } = useWords();
  const names = useMemo(() => skillNames(student.skills), [student.skills]);
  const first = student.plan.steps[0];
  return (
    <>
      <div className="no-print">
        <Choice
          label={t('student.tabs.label')}
          value={view}
          options={[
            { value: 'path', label: t('student.tabs.path') },
            { value: 'answers', label: t('student.tabs.answers') },
          ]}
          onChange={(next) => goTo({ screen: 'student', studentId: student.id, view: next })}
        />
      </div>
      {view === 'answers' ? (
        <AnswerList student={student} names={names} />
      ) : (
        <>
          {student.plan.notEnoughEvidence ? (
            <Banner
              tone="information"
              actions={
                <Button icon="plus" onPress={onAdd}>
                  {t('student.addAnswers')}
                </Button>
              }
            >
              <strong>{t('terms.notEnough')}</strong>
              <p>
                {first === undefined
                  ? t('student.askPlain', { count: student.wanted })
                  : t('student.ask', { skill: names(first.skill), count: student.wanted })}
              </p>
            </Banner>
          ) : null}
          <LearningPath student={student} names={names} />
          <DecisionList student={student} names={names} />
          <QuestionsToAsk studentId={student.id} names={names} onEnter={onAsked} />
          <Section title={t('student.profile')} note={t('student.profileNote')}>
            <SkillProfile student={student} names={names} />
          </Section>
          <div className="two-columns">
            <Section title={t('student.development')} note={t('student.developmentNote')} className="no-print">
              <LevelOverTime studentId={student.id} />
            </Section>
            <RosterProfile profile={student.profile} />
          </div>
          <Notes studentId={student.id} />
        </>
      )}
      <ModelNote model={student.model} />
    </>
  );
}

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** One student: where they stand, what comes next and why. */
export function StudentScreen({ studentId, view }: StudentScreenProperties) {
  const { t, format } = useWords();
  const state = useRoute('students.open', { studentId });
  const { cache } = useApplication();
  // What takes longest is asked for already; the page is not drawn again when it comes.
  useEffect(() => cache.watch('students.development', { studentId }, () => undefined), [cache, studentId]);
  /** The proposed questions that answers are entered for; undefined while none are. */
  const [asked, setAsked] = useState<readonly AskedQuestion[]>([]);
  const [open, setOpen] = useKept(`answers.open.${studentId}`, false, isFlag);
  const adding = open ? asked : undefined;
  const setAdding = (questions: readonly AskedQuestion[] | undefined) => {
    setAsked(questions ?? []);
    setOpen(questions !== undefined);
  };
  /** The plan whose results are entered. */
  const [results, setResults] = useState<number>();
  const [outcome, setOutcome] = useState<{ readonly ok: boolean; readonly text: string }>();
  const student = state.data;
  const names = useMemo(() => skillNames(student?.skills ?? []), [student?.skills]);
  return (
    <Page
      key={studentId}
      back={{ to: { screen: 'students' }, label: t('student.back') }}
      title={student?.name ?? t('terms.student')}
      lead={student === undefined ? <Skeleton lines={2} /> : studentSentence(student, names, t, format)}
      className="student-page"
      actions={
        student === undefined ? undefined : (
          <>
            {student.plan.steps.length === 0 ? null : (
              <PlanButton place="student" students={[student]} names={names} onOutcome={setOutcome} />
            )}
            <Button kind={student.plan.steps.length === 0 ? 'primary' : 'plain'} icon="plus" onPress={() => setAdding([])}>
              {t('student.addAnswers')}
            </Button>
            <PracticeButton student={student} skills={student.plan.steps.map(({ skill }) => skill)} />
          </>
        )
      }
    >
      {student === undefined ? null : <EvidenceLine student={student} />}
      {outcome === undefined ? null : (
        <Banner tone={outcome.ok ? 'good' : 'warning'} onDismiss={() => setOutcome(undefined)}>
          <p>{outcome.text}</p>
        </Banner>
      )}
      {state.error === undefined ? null : <Problem failure={state.error} onRetry={state.reload} />}
      {student === undefined ? (
        state.error === undefined ? (
          <Skeleton lines={10} />
        ) : null
      ) : (
        <>
          <DecisionsProvider student={student} names={names}>
            <StudentContent student={student} view={view} onAdd={() => setAdding([])} onAsked={setAdding} />
          </DecisionsProvider>
          <AddAnswers
            student={student}
            asked={adding}
            onResults={(number) => {
              setAdding(undefined);
              setResults(number);
            }}
            onClose={() => setAdding(undefined)}
          />
          {results === undefined ? null : <ResultsDialog number={results} onClose={() => setResults(undefined)} />}
        </>
      )}
    </Page>
  );
}
