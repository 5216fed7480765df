import { useMemo } from 'react';
import type { ClassOverview } from '../../../shared/contract/students.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { ModelNote } from '../../components/model-note.tsx';
import { Page } from '../../components/page.tsx';
import { Problem, Skeleton } from '../../components/states.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useKeptText } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import type { RouteState } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../preferences/preferences.tsx';
import { TourOffer } from '../tour/tour-offer.tsx';
import { skillNames } from '../../../shared/skill-names.ts';
import { ClassMap } from './class-map.tsx';
import { ClassPrint } from './class-print.tsx';
import { nextAction } from './group-words.ts';
import { Groups } from './groups.tsx';
import { Watch } from './watch.tsx';

const NOBODY: ReadonlySet<string> = new Set();

/** Mounted when the class is on screen already: warnings and groups are worked out after what is looked at first. */
function ClassContent(properties: {
  readonly overview: ClassOverview;
  readonly heading: string;
  readonly groups: RouteState<'classes.groups'>;
}) {
  const { overview, heading, groups } = properties;
  const [chosen, setChosen] = useKeptText(`class.group.${overview.classId ?? ''}`);
  const watch = useRoute('classes.watch', useClassChoice());
  const names = useMemo(() => skillNames(overview.skills), [overview.skills]);
  const members = useMemo(() => {
    const group = groups.data?.groups.find(({ id }) => id === chosen);
    return group && new Set(group.students.map(({ id }) => id));
  }, [chosen, groups.data]);
  const warned = useMemo(
    () => (watch.data === undefined ? NOBODY : new Set(watch.data.warnings.map(({ student }) => student))),
    [watch.data],
  );
  return (
    <>
      <div className={`class-now ${(watch.data?.warnings.length ?? 0) === 0 ? 'class-now-quiet' : ''}`}>
        <Watch state={watch} />
        <Groups state={groups} chosen={chosen === '' ? undefined : chosen} onChoose={(group) => setChosen(group ?? '')} />
      </div>
      <ClassMap overview={overview} names={names} members={members} warned={warned} onShowAll={() => setChosen('')} />
      <ClassPrint
        students={overview.students}
        names={names}
        groups={groups.data?.groups ?? []}
        warnings={watch.data?.warnings ?? []}
        heading={heading}
      />
      <ModelNote model={overview.model} />
    </>
  );
}

/** What is asked for once the class is there. */
function FilledClass({ overview, title }: { readonly overview: ClassOverview; readonly title: string }) {
  const { t, format } = useWords();
  const size = usePreferences().preferences.groupSize;
  const groups = useRoute('classes.groups', { ...useClassChoice(), size });
  // A class of one is no class: what counts is that student's path.
  const [only, ...others] = overview.students;
  const alone = others.length === 0 ? only : undefined;
  const lead =
    alone !== undefined ? (
      t('class.oneStudent', { name: alone.name })
    ) : groups.data === undefined ? (
      <Skeleton lines={1} />
    ) : (
      nextAction(groups.data.groups, groups.data.total, t, format)
    );
  return (
    <Page
      title={title}
      lead={lead}
      wide
      actions={
        <>
          {alone === undefined ? null : (
            <LinkButton kind="primary" icon="students" to={{ screen: 'student', studentId: alone.id, view: 'path' }}>
              {t('class.openStudent', { name: alone.name })}
            </LinkButton>
          )}
          <LinkButton kind={alone === undefined ? 'primary' : 'plain'} icon="plans" to={{ screen: 'lesson' }}>
            {t('lesson.open')}
          </LinkButton>
          <Button icon="print" onPress={() => window.print()}>
            {t('overview.print')}
          </Button>
        </>
      }
    >
      <TourOffer />
      <ClassContent key={overview.classId ?? ''} overview={overview} heading={title} groups={groups} />
    </Page>
  );
}

/** The class: who needs the teacher now, what to teach next and to whom, and everything that is known, at a glance. */
export function ClassScreen() {
  const { t } = useWords();
  const classes = useRoute('classes.list', {});
  const choice = useClassChoice();
  const overview = useRoute('classes.overview', choice);
  // While it is on its way, it is called what was asked for.
  const asked = choice.classId === undefined ? classes.data?.current : choice.classId;
  const classId = overview.data === undefined ? asked : overview.data.classId;
  const title = classes.data?.classes.find(({ id }) => id === classId)?.name ?? t('class.everyone');
  if (overview.data !== undefined && overview.data.students.length > 0)
    return (
      <>
        {overview.error === undefined ? null : <Problem failure={overview.error} onRetry={overview.reload} />}
        <FilledClass overview={overview.data} title={title} />
      </>
    );
  return (
    <Page title={title} lead={overview.data === undefined ? <Skeleton lines={1} /> : t('class.noStudents')} wide>
      {overview.error === undefined ? null : <Problem failure={overview.error} onRetry={overview.reload} />}
      {overview.data === undefined ? (
        overview.error === undefined ? (
          <Skeleton lines={10} />
        ) : null
      ) : (
        <LinkButton kind="primary" to={{ screen: 'imports' }}>
          {t('class.noStudentsAction')}
        </LinkButton>
      )}
    </Page>
  );
}
