import { useMemo, useState } from 'react';
import { Button as AriaButton, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { Icon } from '../../components/icon.tsx';
import { useWords } from '../../i18n/use-words.ts';

export interface SkillOption {
  readonly id: string;
  readonly name: string;
}

export interface SkillComboProperties {
  readonly label: string;
  readonly skills: readonly SkillOption[];
  /** The id of one that is known, or the name of a new one. */
  readonly onChoose: (skill: SkillOption) => void;
  /** Whether a name that no skill has may be chosen. */
  readonly allowNew?: boolean;
}

const SHOWN = 60;
const plain = (text: string): string => text.normalize('NFKC').toLocaleLowerCase().trim();

/** A skill by its name, or a new one: found while it is written, chosen with Enter. */
export function SkillCombo({ label, skills, onChoose, allowNew = false }: SkillComboProperties) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [round, setRound] = useState(0);
  const options = useMemo(() => {
    const needle = plain(text);
    const found = skills.filter(({ id, name }) => plain(name).includes(needle) || plain(id).includes(needle)).slice(0, SHOWN);
    const exact = skills.some(({ id, name }) => plain(name) === needle || plain(id) === needle);
    const fresh = allowNew && needle !== '' && !exact ? [{ key: 'new', id: text.trim(), name: text.trim(), fresh: true }] : [];
    return [...found.map((skill) => ({ ...skill, key: `s ${skill.id}`, fresh: false })), ...fresh];
  }, [text, skills, allowNew]);

  return (
    <ComboBox
      // A new field for each choice, in the old one's place: nothing of the last one stays.
      key={round}
      autoFocus={round > 0}
      className="field"
      menuTrigger="input"
      allowsCustomValue
      allowsEmptyCollection
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(key) => {
        const option = options.find((each) => each.key === key);
        if (option === undefined) return;
        onChoose({ id: option.id, name: option.name });
        setText('');
        setRound(round + 1);
      }}
      items={options}
    >
      <Label className="field-label">{label}</Label>
      <div className="combo">
        <Input className="input" placeholder={t(allowNew ? 'questions.assign.placeholder' : 'skillsEdit.choose')} />
        <AriaButton className="combo-button">
          <Icon name="chevron" size={16} />
        </AriaButton>
      </div>
      <Popover className="popover">
        <ListBox className="options" renderEmptyState={() => <p className="note palette-empty">{t('questions.nothing')}</p>}>
          {(option: (typeof options)[number]) => (
            <ListBoxItem id={option.key} textValue={option.name} className="option">
              <span className="option-label">
                {option.fresh ? t('questions.assign.create', { name: option.name }) : option.name}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Skills that were chosen, each with a way out. */
export function ChosenSkills({
  label,
  skills,
  onRemove,
}: {
  readonly label: string;
  readonly skills: readonly SkillOption[];
  readonly onRemove: (id: string) => void;
}) {
  const { t } = useWords();
  if (skills.length === 0) return <p className="note">{t('questions.assign.noneChosen')}</p>;
  return (
    <ul className="chosen-skills" aria-label={label}>
      {skills.map(({ id, name }) => (
        <li key={id} className="chosen-skill">
          <span>{name}</span>
          <AriaButton
            className="button button-quiet"
            aria-label={t('questions.assign.removeOne', { name })}
            onPress={() => onRemove(id)}
          >
            <Icon name="close" size={16} />
          </AriaButton>
        </li>
      ))}
    </ul>
  );
}
