import { useDeferredValue, useMemo, useRef } from 'react';
import { Input, SearchField } from 'react-aria-components';
import type { ClassOverview } from '../../../shared/contract/students.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Picker } from '../../components/picker.tsx';
import { Section } from '../../components/page.tsx';
import { useKeptChoice, useKeptText } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { CLASS_ORDERS, orderClass } from './class-order.ts';
import type { ClassOrder } from './class-order.ts';
import { ClassTable } from './class-table.tsx';
import { HeatMap } from './heat-map.tsx';
import type { Metric } from './heat-map-row.tsx';
import { Legend } from './legend.tsx';

export interface ClassMapProperties {
  readonly overview: ClassOverview;
  readonly names: SkillNames;
  /** Students of the chosen group; everybody where undefined. */
  readonly members: ReadonlySet<string> | undefined;
  readonly warned: ReadonlySet<string>;
  readonly onShowAll: () => void;
}

const METRICS: readonly Metric[] = ['mastery', 'forecast'];
const VIEWS = ['picture', 'table'] as const;

/** Students × skills, as a picture or a table, filtered and in an order of the teacher's. */
export function ClassMap({ overview, names, members, warned, onShowAll }: ClassMapProperties) {
  const { t, format } = useWords();
  const [metric, setMetric] = useKeptChoice<Metric>('class.metric', METRICS, 'mastery');
  const [view, setView] = useKeptChoice('class.view', VIEWS, 'picture');
  const [order, setOrder] = useKeptChoice<ClassOrder>('class.order', CLASS_ORDERS, 'name');
  const [text, setText] = useKeptText(`class.filter.${overview.classId ?? ''}`);
  const field = useRef<HTMLInputElement>(null);
  // A key shows at once; the grid follows.
  const needle = useDeferredValue(text.trim().toLocaleLowerCase());
  const students = useMemo(() => {
    const found = overview.students.filter(
      ({ id, name }) => (members === undefined || members.has(id)) && `${name} ${id}`.toLocaleLowerCase().includes(needle),
    );
    return orderClass(found, order, warned);
  }, [overview.students, members, needle, order, warned]);
  return (
    <Section
      title={t('class.map')}
      className="section-wide class-map no-print"
      actions={
        <>
          <SearchField className="field class-find" aria-label={t('overview.find')} value={text} onChange={setText}>
            <Input ref={field} className="input" placeholder={t('overview.find')} />
          </SearchField>
          {view === 'picture' ? (
            <>
              <Picker
                label={t('overview.sort')}
                hideLabel
                value={order}
                options={CLASS_ORDERS.map((each) => ({ value: each, label: t(`overview.sorts.${each}`) }))}
                onChange={setOrder}
              />
              <Choice
                label={t('class.metric')}
                value={metric}
                options={[
                  { value: 'mastery', label: t('terms.mastery'), title: t('terms.masteryMeans') },
                  { value: 'forecast', label: t('terms.forecast'), title: t('terms.forecastMeans') },
                ]}
                onChange={setMetric}
              />
            </>
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
      {students.length === overview.students.length ? null : (
        <p className="note filter-note" role="status">
          {students.length === 0
            ? t('overview.noMatch')
            : t('class.shown', { shown: format.number(students.length), total: format.number(overview.students.length) })}{' '}
          <Button
            kind="quiet"
            onPress={() => {
              setText('');
              onShowAll();
              // The button is gone with that.
              field.current?.focus();
            }}
          >
            {t('class.showAll')}
          </Button>
        </p>
      )}
      {students.length === 0 ? null : view === 'picture' ? (
        <>
          <Legend metric={metric} />
          <HeatMap students={students} skills={overview.skills} metric={metric} />
        </>
      ) : (
        <ClassTable students={students} names={names} />
      )}
    </Section>
  );
}
