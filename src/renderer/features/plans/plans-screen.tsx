import { useMemo, useState } from 'react';
import type { HandedOut } from '../../../shared/contract/results.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Banner, Loaded, Skeleton } from '../../components/states.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Student } from '../class/heat-map-row.tsx';
import { evidenceWords } from '../student/reason.ts';
import { skillNames } from '../../../shared/skill-names.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { ResultsDialog } from '../results/results-dialog.tsx';
import { PlanButton } from './plan-button.tsx';
import type { PlanOutcome } from './use-plan-output.ts';

/** Everybody's newest plan. */
const ALL_HANDED_OUT = { text: '', limit: 2000 };

function PlanTable(properties: {
  readonly students: readonly Student[];
  readonly names: SkillNames;
  readonly handedOut: ReadonlyMap<string, HandedOut>;
  readonly onResults: (number: number) => void;
  readonly onOutcome: (outcome: PlanOutcome) => void;
}) {
  const { students, names, handedOut, onResults, onOutcome } = properties;
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
        width: 120,
        numeric: true,
        cell: ({ next }) => (next === null ? t('app.dash') : format.gain(next.expectedGain)),
        compare: (a, b) => (a.next?.expectedGain.value ?? 0) - (b.next?.expectedGain.value ?? 0),
      },
      {
        id: 'answers',
        title: t('class.evidence'),
        width: 205,
        cell: (student) => evidenceWords(student, t, format) || t('app.dash'),
        compare: (a, b) => a.answers - b.answers,
      },
      {
        id: 'back',
        title: t('results.column'),
        width: 140,
        cell: ({ id, name }) => {
          const plan = handedOut.get(id);
          if (plan === undefined) return <span className="note">{t('results.notHandedOut')}</span>;
          const { number, returned, steps } = plan;
          const shown = `${t('results.plan', { number })} · ${format.number(returned)}/${format.number(steps)}`;
          return (
            <Button kind="quiet" aria-label={`${shown}: ${t('results.columnOf', { name })}`} onPress={() => onResults(number)}>
              {shown}
            </Button>
          );
        },
        compare: (a, b) => (handedOut.get(a.id)?.number ?? 0) - (handedOut.get(b.id)?.number ?? 0),
      },
      {
        id: 'save',
        title: t('plans.column'),
        width: 120,
        cell: ({ id, name, next }) =>
          next === null ? null : <PlanButton students={[{ id, name }]} names={names} place="table" onOutcome={onOutcome} />,
      },
    ],
    [t, format, names, handedOut, onResults, onOutcome],
  );
  return <VirtualTable label={t('plans.title')} items={students} columns={columns} rowHeight={48} />;
}

/** Everyone's study plan, ready to hand out. */
export function PlansScreen() {
  const { t } = useWords();
  const overview = useRoute('classes.overview', useClassChoice());
  const [outcome, setOutcome] = useState<PlanOutcome>();
  /** The plan whose results are entered; null: it is asked for which. */
  const [results, setResults] = useState<number | null>();
  const found = useRoute('results.find', ALL_HANDED_OUT);
  const handedOut = useMemo(() => new Map((found.data?.plans ?? []).map((plan) => [plan.studentId, plan])), [found.data?.plans]);
  const names = useMemo(() => skillNames(overview.data?.skills ?? []), [overview.data?.skills]);
  const students = useMemo(() => (overview.data?.students ?? []).filter(({ next }) => next !== null), [overview.data?.students]);
  const ready = students.length;
  const lead =
    overview.data === undefined ? <Skeleton lines={1} /> : ready === 0 ? t('plans.leadNone') : t('plans.lead', { count: ready });
  return (
    <Page
      title={t('plans.title')}
      lead={lead}
      actions={
        <>
          {handedOut.size === 0 ? null : <Button onPress={() => setResults(null)}>{t('results.open')}</Button>}
          {ready === 0 ? null : <PlanButton students={students} names={names} place="class" onOutcome={setOutcome} />}
        </>
      }
    >
      {outcome === undefined ? null : (
        <Banner tone={outcome.ok ? 'good' : 'warning'} onDismiss={() => setOutcome(undefined)}>
          <p>{outcome.text}</p>
        </Banner>
      )}
      <Loaded state={overview}>
        {(data) => <PlanTable students={data.students} {...{ names, handedOut }} onResults={setResults} onOutcome={setOutcome} />}
      </Loaded>
      {results === undefined ? null : <ResultsDialog number={results ?? undefined} onClose={() => setResults(undefined)} />}
    </Page>
  );
}
