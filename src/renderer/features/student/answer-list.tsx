import { useMemo } from 'react';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/page.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

/** Right, wrong or partly right: a sign and a word, without red. */
export function AnswerResult({ correct }: { readonly correct: number }) {
  const { t, format } = useWords();
  const kind = correct >= 1 ? 'right' : correct <= 0 ? 'wrong' : 'partly';
  return (
    <span className={`answer-result answer-${kind}`}>
      <Icon name={kind === 'wrong' ? 'cross' : 'check'} size={16} />
      {kind === 'partly' ? t('student.partly', { percent: format.percent(correct) }) : t(`student.${kind}`)}
    </span>
  );
}

type Answer = StudentView['answers'][number] & { readonly id: string };

/** Every answer of the student, newest first. */
export function AnswerList({ student, names }: { readonly student: StudentView; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const answers = useMemo<readonly Answer[]>(
    () => student.answers.map((answer, index) => ({ ...answer, id: `${answer.order} ${index}` })),
    [student.answers],
  );
  const columns = useMemo<readonly VirtualColumn<Answer>[]>(
    () => [
      {
        id: 'question',
        title: t('student.question'),
        width: '2fr',
        cell: ({ question }) => question,
        compare: (a, b) => format.compare(a.question, b.question),
      },
      { id: 'skill', title: t('terms.skill'), width: '3fr', cell: ({ skills }) => format.list(skills.map(names)) },
      {
        id: 'result',
        title: t('student.result'),
        width: 190,
        cell: ({ correct, counts }) => (
          <>
            <AnswerResult correct={correct} />
            {counts ? null : <span className="note">{t('questions.voided')}</span>}
          </>
        ),
        compare: (a, b) => a.correct - b.correct,
      },
      {
        id: 'when',
        title: t('student.when'),
        width: 190,
        cell: ({ timestamp }) =>
          timestamp === null ? (
            <span className="note">{t('student.unknownTime')}</span>
          ) : (
            <time dateTime={new Date(timestamp).toISOString()} title={format.exactTime(timestamp)}>
              {format.day(timestamp, Date.now())}
            </time>
          ),
        compare: (a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0),
      },
    ],
    [t, format, names],
  );
  return (
    <Section title={t('student.answersTitle')}>
      {answers.length === 0 ? (
        <p className="note">{t('student.answersNone')}</p>
      ) : (
        <VirtualTable label={t('student.answersTitle')} items={answers} columns={columns} rowHeight={40} />
      )}
    </Section>
  );
}
