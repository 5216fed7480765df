import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ClassWarning, LessonGroup } from '../../../shared/contract/classroom.ts';
import { useWords } from '../../i18n/use-words.ts';
import { evidenceWords } from '../student/reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { groupLetter } from './group-words.ts';
import type { Student } from './heat-map-row.tsx';
import { warningKind } from './warning-words.ts';

export interface ClassPrintProperties {
  readonly students: readonly Student[];
  readonly names: SkillNames;
  readonly groups: readonly LessonGroup[];
  readonly warnings: readonly ClassWarning[];
  readonly heading: string;
}

/** Everybody on paper, however many are in view on the screen: the table exists only while the window is printed. */
export function ClassPrint(properties: ClassPrintProperties) {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes the page as it is when the event has been heard.
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing ? <PrintedClass {...properties} /> : null;
}

function PrintedClass({ students, names, groups, warnings, heading }: ClassPrintProperties) {
  const { t, format } = useWords();
  const letters = new Map(groups.flatMap((group, index) => group.students.map(({ id }) => [id, groupLetter(index)])));
  const now = Date.now();
  return (
    <section className="print-only" aria-label={t('overview.printTitle')}>
      <p className="note">{t('overview.printed', { class: heading, date: format.date(now) })}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('class.name')}</th>
            <th scope="col">{t('overview.group')}</th>
            <th scope="col">{t('class.evidence')}</th>
            <th scope="col">{t('class.lastAnswer')}</th>
            <th scope="col" className="numeric">
              {t('class.level')}
            </th>
            <th scope="col">{t('class.next')}</th>
            <th scope="col">{t('overview.warnings')}</th>
          </tr>
        </thead>
        <tbody>
          {students.map(({ id, name, answers, marks, lastAnswerAt, level, enough, next }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{letters.get(id) ?? t('app.dash')}</td>
              <td>{evidenceWords({ answers, marks }, t, format) || t('app.dash')}</td>
              <td>{lastAnswerAt === null ? t('app.dash') : format.date(lastAnswerAt)}</td>
              <td className="numeric">{enough ? format.estimate(level) : t('terms.notEnough')}</td>
              <td>{next === null ? t('class.noStep') : names(next.skill)}</td>
              <td>
                {warnings
                  .filter(({ student }) => student === id)
                  .map((warning) => warningKind(warning, t))
                  .join('; ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
