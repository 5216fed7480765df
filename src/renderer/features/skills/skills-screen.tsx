import { useMemo, useState } from 'react';
import { QuestionsLink } from './questions-link.tsx';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PrerequisiteMap } from '../../components/prerequisite-map.tsx';
import { Banner, Loaded, Skeleton } from '../../components/states.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useKeptChoice } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useCourseEdits } from '../questions/use-course-edits.tsx';
import { skillNames } from '../../../shared/skill-names.ts';
import { AddSkill } from './add-skill.tsx';
import { EditSkill } from './edit-skill.tsx';
import { HardSkills } from './hard-skills.tsx';
import { MapExport } from './map-export.tsx';
import { useMaterialTable } from './material-table.tsx';
import { StarterMap, StarterOffer } from './starter-map.tsx';
import { useCourseLayout } from './use-course-layout.ts';

type SkillsMap = RouteOutput<'skills.map'>;

type ListedSkill = SkillsMap['skills'][number];

/** All skills as rows that open; what each builds on is looked up once. */
function SkillList({ map, onOpen }: { readonly map: SkillsMap; readonly onOpen: (skill: string) => void }) {
  const { t, format } = useWords();
  const columns = useMemo<readonly VirtualColumn<ListedSkill>[]>(() => {
    const names = skillNames(map.skills);
    const below = new Map<string, string[]>();
    const above = new Map<string, string[]>();
    for (const { skill, prerequisite } of map.prerequisites) {
      below.set(skill, [...(below.get(skill) ?? []), names(prerequisite)]);
      above.set(prerequisite, [...(above.get(prerequisite) ?? []), names(skill)]);
    }
    const join = (skills: readonly string[] | undefined) => (skills === undefined ? t('app.dash') : format.list(skills));
    return [
      {
        id: 'name',
        title: t('terms.skill'),
        width: '3fr',
        cell: ({ name }) => <span title={name}>{name}</span>,
        text: ({ name }) => name,
        compare: (a, b) => format.compare(a.name, b.name),
      },
      { id: 'needs', title: t('skills.needs'), width: '3fr', cell: ({ id }) => join(below.get(id)) },
      { id: 'leads', title: t('skills.leadsTo'), width: '3fr', cell: ({ id }) => join(above.get(id)) },
      {
        id: 'questions',
        title: t('model.questions'),
        width: 110,
        numeric: true,
        cell: ({ questions }) => format.number(questions),
        compare: (a, b) => a.questions - b.questions,
      },
      {
        id: 'answers',
        title: t('model.answers'),
        width: 110,
        numeric: true,
        cell: ({ answers }) => format.number(answers),
        compare: (a, b) => a.answers - b.answers,
      },
    ];
  }, [map, t, format]);
  return (
    <VirtualTable label={t('skills.title')} items={map.skills} columns={columns} rowHeight={40} onOpen={({ id }) => onOpen(id)} />
  );
}

function SkillsDrawn({ map }: { readonly map: SkillsMap }) {
  const { t } = useWords();
  const layout = useCourseLayout(map);
  const loose = useMemo(() => {
    const inLinks = new Set(map.prerequisites.flatMap(({ skill, prerequisite }) => [skill, prerequisite]));
    return map.skills.filter(({ id }) => !inLinks.has(id));
  }, [map]);
  const counts = useMemo(() => new Map(map.skills.map(({ id, answers }) => [id, answers])), [map]);
  return (
    <>
      {loose.length === map.skills.length ? null : layout === undefined ? (
        <Skeleton />
      ) : (
        <PrerequisiteMap
          label={t('skills.mapLabel')}
          map={layout}
          node={({ id, name }) => (
            <>
              <span className="map-name" title={name}>
                {name}
              </span>
              <span className="map-note">{t('terms.answers', { count: counts.get(id) ?? 0 })}</span>
            </>
          )}
        />
      )}
      {loose.length === 0 ? null : (
        <>
          <h3>{t('skills.unconnected', { count: loose.length })}</h3>
          <ul className="loose-skills">
            {loose.map(({ id, name, answers }) => (
              <li key={id}>
                {name} <span className="note">{t('terms.answers', { count: answers })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Prerequisites that go round in a circle: shown, so that one can be taken out. */
function Circles({ map }: { readonly map: SkillsMap }) {
  const { t } = useWords();
  if (map.circles.length === 0) return null;
  const names = skillNames(map.skills);
  return (
    <Banner tone="warning">
      <p>{t('skillsEdit.circles', { count: map.circles.length })}</p>
      <ul>
        {map.circles.map((circle) => (
          <li key={circle.join(' ')}>{circle.map(names).join(' → ')}</li>
        ))}
      </ul>
    </Banner>
  );
}

const VIEWS = ['map', 'list', 'hard'] as const;

/** What is to be learned and how it builds up. */
export function SkillsScreen() {
  const { t } = useWords();
  const state = useRoute('skills.map', {});
  const [view, setView] = useKeptChoice('skills.view', VIEWS, 'map');
  const [opened, setOpened] = useState<string>();
  const [adding, setAdding] = useState(false);
  const [starting, setStarting] = useState(false);
  const edits = useCourseEdits();
  const table = useMaterialTable();
  const close = () => {
    setOpened(undefined);
    setAdding(false);
    setStarting(false);
    edits.clear();
  };
  const lead =
    state.data === undefined ? (
      <Skeleton lines={1} />
    ) : state.data.skills.length === 0 ? (
      t('skills.none')
    ) : (
      t(state.data.prerequisites.length === 0 ? 'skills.leadNoLinks' : 'skills.lead', {
        skills: t('skills.skills', { count: state.data.skills.length }),
        links: t('skills.links', { count: state.data.prerequisites.length }),
      })
    );
  return (
    <Page
      title={t('skills.title')}
      lead={lead}
      actions={
        <>
          <QuestionsLink />
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('skillsEdit.add')}
          </Button>
          <MapExport />
          {table.menu}
        </>
      }
      wide
    >
      {opened === undefined && !adding && !starting ? edits.outcome : null}
      {table.outcome}
      <Loaded state={state}>
        {(map) => (
          <Section
            title={t(view === 'map' ? 'skills.map' : view === 'list' ? 'skills.list' : 'skillsEdit.hard')}
            note={view === 'hard' ? t('skillsEdit.hardNote') : view === 'list' ? t('skillsEdit.listNote') : undefined}
            actions={
              <Choice
                label={t('skills.view')}
                value={view}
                options={[
                  { value: 'map', label: t('skills.map') },
                  { value: 'list', label: t('skills.list') },
                  { value: 'hard', label: t('skillsEdit.hard') },
                ]}
                onChange={setView}
              />
            }
          >
            <Circles map={map} />
            <StarterOffer map={map} onOpen={() => setStarting(true)} />
            {view === 'map' ? (
              <SkillsDrawn map={map} />
            ) : view === 'list' ? (
              <SkillList map={map} onOpen={setOpened} />
            ) : (
              <HardSkills />
            )}
            {opened === undefined ? null : <EditSkill key={opened} skill={opened} map={map} edits={edits} onClose={close} />}
          </Section>
        )}
      </Loaded>
      {starting ? <StarterMap edits={edits} onClose={close} /> : null}
      {adding ? <AddSkill edits={edits} onClose={close} /> : null}
    </Page>
  );
}
