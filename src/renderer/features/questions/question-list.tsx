import { useMemo, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import type { CourseItem } from '../../../shared/contract/course.ts';
import { Button, Choice } from '../../components/button.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useKeptText } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Words } from '../../i18n/use-words.ts';
import { AssignSkills } from './assign-skills.tsx';
import { Counting } from './counting.tsx';
import type { SkillOption } from './skill-combo.tsx';
import type { CourseEdits } from './use-course-edits.tsx';
import { skillNames } from '../../../shared/skill-names.ts';

export type ListFilter = 'all' | 'open' | 'changed';
const FILTERS: readonly ListFilter[] = ['all', 'open', 'changed'];
interface Listed {
  readonly id: string;
  readonly item: CourseItem;
  readonly named: string;
  readonly found: string;
}

const isChanged = ({ voided, key, weight, bySkillsOf }: CourseItem): boolean =>
  voided || key !== null || weight !== 1 || bySkillsOf === 'teacher';

function countingWords({ voided, key, weight }: CourseItem, { t, format }: Words): string {
  const said = [
    voided ? t('questions.voided') : '',
    key === 'flipped' ? t('questions.keyFlipped') : key === 'all-right' ? t('questions.keyAllRight') : '',
    weight === 1 ? '' : t('questions.weighted', { weight: format.number(weight, weight % 1 === 0 ? 0 : 2) }),
  ].filter((part) => part !== '');
  return said.length === 0 ? t('questions.countsPlainly') : format.list(said);
}

/** All questions and assignments, to be found and chosen, and what can be done with the chosen ones. */
export function QuestionList({
  items,
  skills,
  filter,
  onFilter,
  edits,
}: {
  readonly items: readonly CourseItem[];
  readonly skills: readonly SkillOption[];
  readonly filter: ListFilter;
  readonly onFilter: (filter: ListFilter) => void;
  readonly edits: CourseEdits;
}) {
  const words = useWords();
  const { t, format } = words;
  const [text, setText] = useKeptText('questions.filter');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'skills' | 'counting'>();
  const listed = useMemo<readonly Listed[]>(() => {
    const names = skillNames(skills);
    return items.map((item) => {
      const named = item.skills.map(names).join(', ');
      return { id: `${item.kind} ${item.id}`, item, named, found: `${item.title} ${named}`.toLocaleLowerCase() };
    });
  }, [items, skills]);
  const needle = text.trim().toLocaleLowerCase();
  const shown = useMemo(
    () =>
      listed.filter(
        ({ item, found }) =>
          found.includes(needle) &&
          (filter === 'all' || (filter === 'open' ? item.skills.length === 0 && !item.voided : isChanged(item))),
      ),
    [listed, needle, filter],
  );
  const columns = useMemo<readonly VirtualColumn<Listed>[]>(
    () => [
      {
        id: 'title',
        title: t('questions.name'),
        width: '3fr',
        cell: ({ item }) => (
          <span className={item.voided ? 'undone' : undefined} title={item.title}>
            {item.title}
          </span>
        ),
        text: ({ item }) => item.title,
        compare: (a, b) => format.compare(a.item.title, b.item.title),
      },
      {
        id: 'skills',
        title: t('questions.skills'),
        width: '3fr',
        cell: ({ named }) =>
          named === '' ? <span className="note">{t('questions.noSkill')}</span> : <span title={named}>{named}</span>,
        compare: (a, b) => format.compare(a.named, b.named),
      },
      {
        id: 'kind',
        title: t('questions.type'),
        width: 110,
        cell: ({ item }) => t(`questions.kind.${item.kind}`),
        compare: (a, b) => format.compare(a.item.kind, b.item.kind),
      },
      {
        id: 'answers',
        title: t('questions.answers'),
        width: 90,
        numeric: true,
        cell: ({ item }) => format.number(item.answers),
        compare: (a, b) => a.item.answers - b.item.answers,
      },
      {
        id: 'share',
        title: t('questions.share'),
        width: 90,
        numeric: true,
        cell: ({ item }) => (item.share === null ? t('app.dash') : format.percent(item.share)),
        compare: (a, b) => (a.item.share ?? -1) - (b.item.share ?? -1),
      },
      {
        id: 'counting',
        title: t('questions.counting'),
        width: '2fr',
        cell: ({ item }) => countingWords(item, words),
        compare: (a, b) => format.compare(countingWords(a.item, words), countingWords(b.item, words)),
      },
    ],
    [t, format, words],
  );
  const selected = useMemo(() => listed.filter(({ id }) => chosen.has(id)).map(({ item }) => item), [listed, chosen]);
  const close = (): void => {
    setDialog(undefined);
    edits.clear();
  };

  return (
    <>
      <div className="course-tools">
        <SearchField className="field" value={text} onChange={setText}>
          <Label className="field-label">{t('questions.search')}</Label>
          <Input className="input" placeholder={t('questions.placeholder')} />
        </SearchField>
        <Choice
          label={t('questions.filter')}
          value={filter}
          options={FILTERS.map((value) => ({ value, label: t(`questions.filters.${value}`) }))}
          onChange={onFilter}
        />
        <span className="note" role="status">
          {shown.length === 0 || (needle === '' && filter === 'all') ? '' : t('questions.found', { count: shown.length })}
        </span>
      </div>
      <div className="course-chosen">
        <span role="status">{t('questions.chosen', { count: selected.length })}</span>
        <Button isDisabled={selected.length === 0} onPress={() => setDialog('skills')}>
          {t('questions.giveSkills')}
        </Button>
        <Button isDisabled={selected.length === 0} onPress={() => setDialog('counting')}>
          {t('questions.changeCounting')}
        </Button>
        {selected.length === 0 ? null : (
          <Button kind="quiet" onPress={() => setChosen(new Set())}>
            {t('questions.clearChoice')}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="note" role="status">
          {t(filter === 'open' && needle === '' ? 'questions.suggest.nothingOpen' : 'questions.nothing')}
        </p>
      ) : (
        <VirtualTable
          label={t('questions.title')}
          items={shown}
          columns={columns}
          rowHeight={40}
          selection={{
            chosen,
            onChange: setChosen,
            label: t('questions.select'),
            allLabel: t('questions.selectAll'),
          }}
        />
      )}
      {dialog === 'skills' ? <AssignSkills items={selected} skills={skills} edits={edits} onClose={close} /> : null}
      {dialog === 'counting' ? <Counting items={selected} edits={edits} onClose={close} /> : null}
    </>
  );
}
