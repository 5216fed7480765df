import { useMemo, useState } from 'react';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { Choice } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PrerequisiteMap } from '../../components/prerequisite-map.tsx';
import { Loaded, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { skillNames } from '../student/reason.ts';

type SkillsMap = RouteOutput<'skills.map'>;

function SkillList({ map }: { readonly map: SkillsMap }) {
  const { t, format } = useWords();
  const names = skillNames(map.skills);
  const join = (skills: readonly string[]) => (skills.length === 0 ? t('app.dash') : format.list(skills.map(names)));
  return (
    <DataTable
      label={t('skills.title')}
      rows={map.skills}
      rowKey={({ id }) => id}
      columns={[
        { title: t('terms.skill'), cell: ({ name }) => name },
        {
          title: t('skills.needs'),
          cell: ({ id }) => join(map.prerequisites.filter(({ skill }) => skill === id).map(({ prerequisite }) => prerequisite)),
        },
        {
          title: t('skills.leadsTo'),
          cell: ({ id }) => join(map.prerequisites.filter(({ prerequisite }) => prerequisite === id).map(({ skill }) => skill)),
        },
        { title: t('model.questions'), cell: ({ questions }) => format.number(questions), numeric: true },
        { title: t('model.answers'), cell: ({ answers }) => format.number(answers), numeric: true },
      ]}
    />
  );
}

function SkillsDrawn({ map }: { readonly map: SkillsMap }) {
  const { t } = useWords();
  const { linked, loose } = useMemo(() => {
    const inLinks = new Set(map.prerequisites.flatMap(({ skill, prerequisite }) => [skill, prerequisite]));
    return { linked: map.skills.filter(({ id }) => inLinks.has(id)), loose: map.skills.filter(({ id }) => !inLinks.has(id)) };
  }, [map]);
  const counts = useMemo(() => new Map(map.skills.map(({ id, answers }) => [id, answers])), [map]);
  return (
    <>
      {linked.length === 0 ? null : (
        <PrerequisiteMap
          label={t('skills.mapLabel')}
          skills={linked}
          prerequisites={map.prerequisites}
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

/** What is to be learned and how it builds up. */
export function SkillsScreen() {
  const { t } = useWords();
  const state = useRoute('skills.map', {});
  const [view, setView] = useState<'map' | 'list'>('map');
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
    <Page title={t('skills.title')} lead={lead} wide>
      <Loaded state={state}>
        {(map) => (
          <Section
            title={t(view === 'map' ? 'skills.map' : 'skills.list')}
            actions={
              <Choice
                label={t('skills.view')}
                value={view}
                options={[
                  { value: 'map', label: t('skills.map') },
                  { value: 'list', label: t('skills.list') },
                ]}
                onChange={setView}
              />
            }
          >
            {view === 'map' ? <SkillsDrawn map={map} /> : <SkillList map={map} />}
          </Section>
        )}
      </Loaded>
    </Page>
  );
}
