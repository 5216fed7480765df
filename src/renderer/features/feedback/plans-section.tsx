import type { Feedback } from '../../../shared/contract/trust.ts';
import { LinkButton } from '../../components/button.tsx';
import { IntervalChart } from '../../components/charts/interval-chart.tsx';
import { ChartTable, DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { intervalWords, planSentences, pointsWords } from './feedback-words.ts';

type Plans = Feedback['plans'];
type PlanRow = Plans['newest'][number];

const SHOWN_SKILLS = 10;

function Rises({ skills, names }: { readonly skills: Plans['skills']; readonly names: SkillNames }) {
  const { t, format } = useWords();
  return (
    <figure className="chart" aria-label={t('feedback.riseChart')}>
      <IntervalChart
        label={t('feedback.riseChart')}
        axis={t('feedback.rise')}
        marks={{ happened: t('feedback.happenedMark'), expected: t('feedback.expectedMark') }}
        rows={skills.slice(0, SHOWN_SKILLS).map(({ skill, expectedRise, rise }) => ({
          name: names(skill),
          value: 100 * rise.value,
          low: 100 * rise.low,
          high: 100 * rise.high,
          expected: 100 * expectedRise,
        }))}
      />
      <ChartTable
        label={t('feedback.riseChart')}
        rows={skills}
        rowKey={({ skill }) => skill}
        columns={[
          { title: t('terms.skill'), cell: ({ skill }) => names(skill) },
          { title: t('feedback.expectedRise'), cell: ({ expectedRise }) => pointsWords(expectedRise, format), numeric: true },
          { title: t('feedback.rise'), cell: ({ rise }) => pointsWords(rise.value, format), numeric: true },
          { title: t('feedback.interval'), cell: ({ rise }) => intervalWords(rise, t, format), numeric: true },
          { title: t('feedback.answers'), cell: ({ answers }) => format.number(answers), numeric: true },
        ]}
      />
    </figure>
  );
}

function Newest({ plans }: { readonly plans: readonly PlanRow[] }) {
  const { t, format } = useWords();
  const sum = (plan: PlanRow, of: (step: PlanRow['steps'][number]) => number): number =>
    plan.steps.reduce((all, step) => all + of(step), 0);
  return (
    <DataTable
      label={t('feedback.newest')}
      rows={plans}
      rowKey={(_, index) => index}
      columns={[
        {
          title: t('feedback.student'),
          cell: ({ studentId, name }) => (
            <LinkButton kind="quiet" to={{ screen: 'student', studentId, view: 'path' }}>
              {name}
            </LinkButton>
          ),
        },
        { title: t('feedback.handedOut'), cell: ({ at }) => format.date(at) },
        {
          title: t('feedback.worked'),
          cell: (plan) =>
            t('feedback.workedOf', {
              worked: format.number(plan.steps.filter(({ done }) => done).length),
              steps: format.number(plan.steps.length),
            }),
          numeric: true,
        },
        {
          title: t('feedback.score'),
          cell: (plan) => {
            const right = sum(plan, (step) => step.right);
            return t('feedback.scoreOf', {
              right: format.number(right, Number.isInteger(right) ? 0 : 1),
              answers: format.number(sum(plan, ({ answers }) => answers)),
            });
          },
          numeric: true,
        },
        {
          title: t('feedback.expectedGain'),
          cell: ({ expectedGain }) => (expectedGain === null ? t('app.dash') : format.gain(expectedGain)),
          numeric: true,
        },
        {
          title: t('feedback.level'),
          cell: ({ level, modelThere }) =>
            level === null ? (
              modelThere ? (
                t('app.dash')
              ) : (
                t('feedback.noModel')
              )
            ) : (
              <span className="nowrap">
                {t('feedback.levelChange', { before: format.estimate(level.before), after: format.estimate(level.after) })}
              </span>
            ),
          numeric: true,
        },
      ]}
    />
  );
}

/** What came of the plans that were handed out. */
export function PlansSection({ feedback, names }: { readonly feedback: Feedback; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const { plans } = feedback;
  if (plans.followed === 0)
    return (
      <Section title={t('feedback.plans')}>
        <p className="note">
          {plans.handedOut === 0 ? t('feedback.emptyPlans') : t('feedback.plansWaiting', { count: plans.handedOut })}
        </p>
      </Section>
    );
  return (
    <Section title={t('feedback.plans')} note={t('feedback.plansNote')}>
      {planSentences(feedback, t, format).map((sentence) => (
        <p key={sentence} className="finding">
          {sentence}
        </p>
      ))}
      {plans.skills.length === 0 ? null : (
        <>
          <Rises skills={plans.skills} names={names} />
          <p className="note">{t('feedback.riseNote')}</p>
        </>
      )}
      <h3>{t('feedback.newest')}</h3>
      <Newest plans={plans.newest} />
    </Section>
  );
}
