import { useMemo, useState } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Banner, Loaded, Skeleton } from '../../components/states.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Student } from '../class/heat-map-row.tsx';
import { evidenceWords, skillNames } from '../student/reason.ts';
import type { SkillNames } from '../student/reason.ts';
import { PlanButton } from './plan-button.tsx';
import type { PlanOutcome } from './use-plan-output.ts';

function PlanTable(properties: {
  readonly students: readonly Student[];
  readonly names: SkillNames;
  readonly onOutcome: (outcome: PlanOutcome) => void;
}) {
  const { students, names, onOutcome } = properties;
  const { t, format } = useWords();
  const columns = useMemo<readonly VirtualColumn<Student>[]>(
    () => [
      {
        id: 'name',
        title: t('class.name'),
        width: '2fr',
        cell: ({ id, name }) => (
          <LinkButton kind="quiet" to={{ screen: 'student', studentId: id, view: 'path' }}>
            {name}
          </LinkButton>
        ),
        text: ({ name }) => name,
        compare: (a, b) => format.compare(a.name, b.name),
      },
      {
        id: 'first',
        title: t('plans.first'),
        width: '3fr',
        cell: ({ next }) => (next === null ? t('plans.none') : names(next.skill)),
        compare: (a, b) => format.compare(names(a.next?.skill ?? ''), names(b.next?.skill ?? '')),
      },
      {
        id: 'gain',
        title: t('class.gain'),
        width: 150,
        numeric: true,
        cell: ({ next }) => (next === null ? t('app.dash') : format.gain(next.expectedGain)),
        compare: (a, b) => (a.next?.expectedGain.value ?? 0) - (b.next?.expectedGain.value ?? 0),
      },
      {
        id: 'answers',
        title: t('class.evidence'),
        width: 150,
        cell: (student) => evidenceWords(student, t, format) || t('app.dash'),
        compare: (a, b) => a.answers - b.answers,
      },
      {
        id: 'save',
        title: t('plans.column'),
        width: 170,
        cell: ({ id, name, next }) =>
          next === null ? null : <PlanButton students={[{ id, name }]} names={names} kind="quiet" onOutcome={onOutcome} />,
      },
    ],
    [t, format, names, onOutcome],
  );
  return <VirtualTable label={t('plans.title')} items={students} columns={columns} rowHeight={48} />;
}

/** Everyone's study plan, ready to hand out. */
export function PlansScreen() {
  const { t } = useWords();
  const overview = useRoute('classes.overview', useClassChoice());
  const [outcome, setOutcome] = useState<PlanOutcome>();
  const names = useMemo(() => skillNames(overview.data?.skills ?? []), [overview.data?.skills]);
  const students = useMemo(() => (overview.data?.students ?? []).filter(({ next }) => next !== null), [overview.data?.students]);
  const ready = students.length;
  const lead =
    overview.data === undefined ? <Skeleton lines={1} /> : ready === 0 ? t('plans.leadNone') : t('plans.lead', { count: ready });
  return (
    <Page
      title={t('plans.title')}
      lead={lead}
      actions={ready === 0 ? undefined : <PlanButton students={students} names={names} kind="primary" onOutcome={setOutcome} />}
    >
      {outcome === undefined ? null : (
        <Banner tone={outcome.ok ? 'good' : 'warning'} onDismiss={() => setOutcome(undefined)}>
          <p>{outcome.text}</p>
        </Banner>
      )}
      <Loaded state={overview}>{(data) => <PlanTable students={data.students} names={names} onOutcome={setOutcome} />}</Loaded>
    </Page>
  );
}
