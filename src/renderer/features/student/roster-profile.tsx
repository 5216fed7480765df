import type { StudentView } from '../../../shared/contract/students.ts';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';

const GROUPS = ['background', 'preference', 'behaviour'] as const;

/** What the roster says beside answers, in the roster's own words. */
export function RosterProfile({ profile }: { readonly profile: StudentView['profile'] }) {
  const { t, format } = useWords();
  if (profile.length === 0) return null;
  return (
    <Section title={t('student.roster')}>
      {GROUPS.map((group) => {
        const fields = profile.filter((field) => field.group === group);
        return fields.length === 0 ? null : (
          <div key={group} className="roster-group">
            <h3>{t(`student.group.${group}`)}</h3>
            <dl className="facts">
              {fields.map(({ field, value }) => (
                <div key={field} className="fact">
                  <dt>{field.replaceAll('_', ' ')}</dt>
                  <dd>{typeof value === 'number' ? format.number(value, Number.isInteger(value) ? 0 : 2) : value}</dd>
                </div>
              ))}
            </dl>
          </div>
        );
      })}
    </Section>
  );
}
