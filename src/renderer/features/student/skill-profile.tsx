import { useState } from 'react';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ForecastLine, Mastery } from '../../components/marks.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { SkillDrawer } from './skill-drawer.tsx';

const SHOWN_AT_FIRST = 12;

/** Skill by skill in the order of the course: mastery, forecast, and how many answers they rest on. */
export function SkillProfile({ student, names }: { readonly student: StudentView; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<string>();
  const places = new Map(student.plan.steps.map(({ skill }, index) => [skill, index + 1]));
  const { cells } = student;
  const marks = student.plan.marks ?? 0;
  // With many skills those that say something come first: answered ones, then the course's order.
  const known = cells.filter(({ answers }) => answers > 0);
  const few =
    cells.length <= SHOWN_AT_FIRST
      ? cells
      : known.length === 0
        ? cells.slice(0, SHOWN_AT_FIRST)
        : known.slice(0, 2 * SHOWN_AT_FIRST);
  const rows = all ? cells : few;
  return (
    <>
      <DataTable
        label={t('student.profile')}
        rows={rows}
        rowKey={({ skill }) => skill}
        columns={[
          {
            title: t('terms.skill'),
            cell: ({ skill }) => {
              const number = places.get(skill);
              return (
                <button
                  type="button"
                  className="skill-ask"
                  aria-label={
                    number === undefined
                      ? t('whyNot.ask', { skill: names(skill) })
                      : t('student.whyStep', { number, skill: names(skill) })
                  }
                  onClick={() => setAsked(skill)}
                >
                  {names(skill)}
                </button>
              );
            },
          },
          { title: t('terms.mastery'), cell: ({ mastery, enough }) => <Mastery mastery={mastery} enough={enough} /> },
          {
            title: `${t('terms.forecast')} (0–100%)`,
            cell: ({ forecast, enough }) => <ForecastLine forecast={forecast} enough={enough} />,
          },
          {
            title: t(marks === 0 ? 'class.answers' : 'class.answersAndMarks'),
            cell: ({ answers }) => format.number(answers),
            numeric: true,
          },
        ]}
      />
      {few.length === cells.length ? null : (
        <Button kind="quiet" onPress={() => setAll(!all)}>
          {all ? t('student.fewerSkills') : t('student.allSkills', { count: cells.length })}
        </Button>
      )}
      {asked === undefined ? null : (
        <SkillDrawer student={student} skill={asked} names={names} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
