import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { shorten } from '../student/reason.ts';

export interface Group {
  readonly letter: string;
  readonly skill: string;
  readonly skillName: string;
  readonly students: readonly { readonly id: string; readonly name: string }[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MOST_GROUPS = 6;

/** The groups of a class by their most helpful next step, largest first. */
export function groupsOf(
  focus: readonly { readonly skill: string; readonly students: readonly string[] }[],
  skillName: (skill: string) => string,
  studentName: (student: string) => string,
): readonly Group[] {
  return focus
    .filter(({ students }) => students.length > 0)
    .toSorted((a, b) => b.students.length - a.students.length)
    .slice(0, MOST_GROUPS)
    .map(({ skill, students }, index) => ({
      letter: LETTERS[index] ?? '',
      skill,
      skillName: skillName(skill),
      students: students.map((id) => ({ id, name: studentName(id) })),
    }));
}

export interface GroupsProperties {
  readonly groups: readonly Group[];
  readonly chosen: string | undefined;
  readonly onChoose: (skill: string | undefined) => void;
}

export function Groups({ groups, chosen, onChoose }: GroupsProperties) {
  const { t, format } = useWords();
  return (
    <Section title={t('class.groups')} note={t('class.groupsNote')}>
      <ToggleButtonGroup
        className="groups"
        orientation="vertical"
        selectionMode="single"
        aria-label={t('class.groups')}
        selectedKeys={chosen === undefined ? [] : [`g ${chosen}`]}
        onSelectionChange={(keys) => onChoose(groups.find(({ skill }) => keys.has(`g ${skill}`))?.skill)}
      >
        {groups.map((group) => (
          <ToggleButton key={group.skill} id={`g ${group.skill}`} className="group">
            <span className="group-letter">{group.letter}</span>
            <span className="group-count">{format.number(group.students.length)}</span>
            <span className="group-words">
              <span className="group-skill">{group.skillName}</span>
              <span className="group-names">
                {shorten(
                  group.students.map(({ name }) => name),
                  t,
                  format,
                  4,
                )}
              </span>
            </span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Section>
  );
}
