import { useMemo, useState } from 'react';
import type { ClassOverview } from '../../../shared/contract/students.ts';
import { Button, Choice, LinkButton } from '../../components/button.tsx';
import { ModelNote } from '../../components/model-note.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Banner, Problem, Skeleton } from '../../components/states.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { shorten, skillNames } from '../student/reason.ts';
import { ClassTable } from './class-table.tsx';
import { Groups, groupsOf } from './groups.tsx';
import { HeatMap } from './heat-map.tsx';
import type { Metric } from './heat-map-row.tsx';
import { Legend } from './legend.tsx';

function useLead(overview: ClassOverview | undefined): string | undefined {
  const { t } = useWords();
  if (overview === undefined) return undefined;
  if (overview.students.length === 0) return t('class.noStudents');
  const names = skillNames(overview.skills);
  const first = overview.focus.toSorted((a, b) => b.students.length - a.students.length)[0];
  if (first === undefined || first.students.length === 0) return t('class.noFocus');
  return t('class.focus', { skill: names(first.skill), count: first.students.length, total: overview.students.length });
}

function ClassContent({ overview }: { readonly overview: ClassOverview }) {
  const { t, format } = useWords();
  const [metric, setMetric] = useState<Metric>('mastery');
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const [chosen, setChosen] = useState<string>();
  const names = useMemo(() => skillNames(overview.skills), [overview.skills]);
  const groups = useMemo(() => {
    const students = new Map(overview.students.map(({ id, name }) => [id, name]));
    return groupsOf(overview.focus, names, (id) => students.get(id) ?? id);
  }, [overview, names]);
  const group = groups.find(({ skill }) => skill === chosen);
  const students = useMemo(() => {
    if (group === undefined) return overview.students;
    const members = new Set(group.students.map(({ id }) => id));
    return overview.students.filter(({ id }) => members.has(id));
  }, [overview.students, group]);
  const unknown = overview.students.filter(({ enough }) => !enough);

  return (
    <>
      {groups.length === 0 ? null : <Groups groups={groups} chosen={group?.skill} onChoose={setChosen} />}
      {unknown.length === 0 ? null : (
        <Banner tone="information">
          <p>
            {t('class.notEnough', {
              count: unknown.length,
              names: shorten(
                unknown.map(({ name }) => name),
                t,
                format,
                4,
              ),
            })}
          </p>
        </Banner>
      )}
      <Section
        title={t('class.map')}
        className="section-wide"
        actions={
          <>
            {view === 'picture' ? (
              <Choice
                label={t('class.metric')}
                value={metric}
                options={[
                  { value: 'mastery', label: t('terms.mastery'), title: t('terms.masteryMeans') },
                  { value: 'forecast', label: t('terms.forecast'), title: t('terms.forecastMeans') },
                ]}
                onChange={setMetric}
              />
            ) : null}
            <Choice
              label={t('class.view')}
              value={view}
              options={[
                { value: 'picture', label: t('class.picture') },
                { value: 'table', label: t('class.table') },
              ]}
              onChange={setView}
            />
          </>
        }
      >
        {group === undefined ? null : (
          <p className="note filter-note">
            {t('class.shown', { shown: format.number(students.length), total: format.number(overview.students.length) })}{' '}
            <Button kind="quiet" onPress={() => setChosen(undefined)}>
              {t('class.showAll')}
            </Button>
          </p>
        )}
        {view === 'picture' ? (
          <>
            <Legend metric={metric} />
            <HeatMap students={students} skills={overview.skills} metric={metric} />
          </>
        ) : (
          <ClassTable students={students} names={names} />
        )}
      </Section>
      <ModelNote model={overview.model} />
    </>
  );
}

/** The class: what to teach next, who shares it, and everything that is known, at a glance. */
export function ClassScreen() {
  const { t } = useWords();
  const classes = useRoute('classes.list', {});
  const overview = useRoute('classes.overview', useClassChoice());
  const lead = useLead(overview.data);
  const classId = overview.data?.classId;
  const name = classes.data?.classes.find(({ id }) => id === classId)?.name;
  return (
    <Page title={name ?? t('class.everyone')} lead={lead ?? <Skeleton lines={1} />} wide>
      {overview.error === undefined ? null : <Problem failure={overview.error} onRetry={overview.reload} />}
      {overview.data === undefined ? (
        overview.error === undefined ? (
          <Skeleton lines={10} />
        ) : null
      ) : overview.data.students.length === 0 ? (
        <LinkButton kind="primary" to={{ screen: 'imports' }}>
          {t('class.noStudentsAction')}
        </LinkButton>
      ) : (
        <ClassContent key={classId ?? ''} overview={overview.data} />
      )}
    </Page>
  );
}
