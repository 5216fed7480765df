import { useMemo } from 'react';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { Loaded } from '../../components/states.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

type Standing = RouteOutput<'skills.standing'>['skills'][number];

function StandingTable({ skills }: { readonly skills: readonly Standing[] }) {
  const { t, format } = useWords();
  const columns = useMemo<readonly VirtualColumn<Standing>[]>(
    () => [
      {
        id: 'name',
        title: t('terms.skill'),
        width: '3fr',
        cell: ({ name }) => name,
        compare: (a, b) => format.compare(a.name, b.name),
      },
      {
        id: 'heldUp',
        title: t('skillsEdit.heldUp'),
        width: 140,
        numeric: true,
        cell: ({ heldUp }) => format.number(heldUp),
        compare: (a, b) => a.heldUp - b.heldUp,
      },
      {
        id: 'newcomer',
        title: t('skillsEdit.newcomer'),
        width: 170,
        numeric: true,
        cell: ({ newcomer }) => format.estimate(newcomer),
        compare: (a, b) => a.newcomer.value - b.newcomer.value,
      },
      {
        id: 'class',
        title: t('skillsEdit.classMean'),
        width: 140,
        numeric: true,
        cell: ({ classMean }) => (classMean === null ? t('app.dash') : format.percent(classMean)),
        compare: (a, b) => (a.classMean ?? 0) - (b.classMean ?? 0),
      },
    ],
    [t, format],
  );
  // Whom most are held up by first, then the hardest.
  const sorted = useMemo(() => skills.toSorted((a, b) => b.heldUp - a.heldUp || a.newcomer.value - b.newcomer.value), [skills]);
  return <VirtualTable label={t('skillsEdit.hard')} items={sorted} columns={columns} rowHeight={40} />;
}

/** Where the class stands still, and what is hard for everybody. */
export function HardSkills() {
  const state = useRoute('skills.standing', useClassChoice());
  return <Loaded state={state}>{({ skills }) => <StandingTable skills={skills} />}</Loaded>;
}
