import { useMemo } from 'react';
import { ForecastLine } from '../../components/marks.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { goTo } from '../../routing/use-place.ts';
import { evidenceWords } from '../student/reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import type { Student } from './heat-map-row.tsx';

/** The class as a table: who, how many answers, which level, what next. */
export function ClassTable({ students, names }: { readonly students: readonly Student[]; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const columns = useMemo<readonly VirtualColumn<Student>[]>(() => {
    const now = Date.now();
    const next = (student: Student) => (student.next === null ? t('class.noStep') : names(student.next.skill));
    return [
      {
        id: 'name',
        title: t('class.name'),
        width: '2fr',
        cell: ({ name }) => name,
        text: ({ name }) => name,
        compare: (a, b) => format.compare(a.name, b.name),
      },
      {
        id: 'answers',
        title: t('class.evidence'),
        width: 130,
        cell: (student) => evidenceWords(student, t, format) || t('app.dash'),
        compare: (a, b) => a.answers - b.answers,
      },
      {
        id: 'last',
        title: t('class.lastAnswer'),
        width: 150,
        cell: ({ lastAnswerAt }) =>
          lastAnswerAt === null ? (
            t('app.dash')
          ) : (
            <time dateTime={new Date(lastAnswerAt).toISOString()} title={format.exactTime(lastAnswerAt)}>
              {format.day(lastAnswerAt, now)}
            </time>
          ),
        compare: (a, b) => (a.lastAnswerAt ?? 0) - (b.lastAnswerAt ?? 0),
      },
      {
        id: 'level',
        title: t('class.level'),
        width: 225,
        cell: ({ level, enough }) => <ForecastLine forecast={level} enough={enough} />,
        compare: (a, b) => a.level.value - b.level.value,
      },
      {
        id: 'next',
        title: t('class.next'),
        width: '3fr',
        cell: next,
        compare: (a, b) => format.compare(next(a), next(b)),
      },
      {
        id: 'gain',
        title: t('class.gain'),
        width: 132,
        numeric: true,
        cell: (student) => (student.next === null ? t('app.dash') : format.gain(student.next.expectedGain)),
        compare: (a, b) => (a.next?.expectedGain.value ?? 0) - (b.next?.expectedGain.value ?? 0),
      },
    ];
  }, [t, format, names]);
  return (
    <VirtualTable
      label={t('class.title')}
      items={students}
      columns={columns}
      onOpen={({ id }) => goTo({ screen: 'student', studentId: id, view: 'path' })}
    />
  );
}
