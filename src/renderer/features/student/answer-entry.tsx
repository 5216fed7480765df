import { useState } from 'react';
import { Button as AriaButton, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, TextField } from 'react-aria-components';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Picker } from '../../components/picker.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

export interface DraftAnswer {
  readonly number: number;
  /** Empty: a question of the teacher's own that has no words. */
  readonly question: string;
  readonly skills: readonly string[];
  readonly correct: number;
}

export interface AnswerEntryProperties {
  readonly student: StudentView;
  readonly names: SkillNames;
  readonly onAdd: (answer: Omit<DraftAnswer, 'number'>) => void;
}

const FOUND = 20;
const NO_KEY = null;
/** No skill is called so: a code has no space at its beginning. */
const NEW_SKILL = ' new';

/** One answer to enter: a question that is known, or a skill for a question of one's own; then right or wrong. */
export function AnswerEntry({ student, names, onAdd }: AnswerEntryProperties) {
  const { t, format } = useWords();
  const [text, setText] = useState('');
  const [question, setQuestion] = useState<{ readonly id: string; readonly skills: readonly string[] }>();
  const [skill, setSkill] = useState<string | null>(null);
  const search = useRoute('questions.search', { text: question === undefined ? text : '', limit: FOUND });
  const found = search.data?.questions ?? [];
  const [fresh, setFresh] = useState('');
  const naming = skill === NEW_SKILL || student.skills.length === 0;
  const own = naming ? fresh.trim() : (skill ?? '');
  const known = question ?? found.find(({ id }) => id === text.trim());
  const ready = known !== undefined || own !== '';

  function add(correct: number) {
    if (!ready) return;
    // A skill that is called so already is that skill.
    const named = student.skills.find(({ name }) => name.toLocaleLowerCase() === own.toLocaleLowerCase())?.id ?? own;
    onAdd(
      known === undefined
        ? { question: text.trim(), skills: [named], correct }
        : { question: known.id, skills: known.skills, correct },
    );
    setText('');
    setQuestion(undefined);
  }

  return (
    <div className="entry">
      <div className="entry-fields">
        <ComboBox
          className="field entry-question"
          menuTrigger="focus"
          allowsCustomValue
          inputValue={text}
          onInputChange={(value) => {
            setText(value);
            if (question !== undefined && value !== question.id) setQuestion(undefined);
          }}
          value={question === undefined ? NO_KEY : `q ${question.id}`}
          onChange={(key) => {
            const chosen = found.find(({ id }) => `q ${id}` === key);
            if (chosen === undefined) return;
            setQuestion(chosen);
            setText(chosen.id);
            setSkill(chosen.skills[0] ?? null);
          }}
          items={found.map((candidate) => ({ ...candidate, key: `q ${candidate.id}` }))}
          allowsEmptyCollection
        >
          <Label className="field-label">{t('add.question')}</Label>
          <div className="combo">
            <Input className="input" placeholder={t('add.questionPlaceholder')} />
            <AriaButton className="combo-button">
              <Icon name="chevron" size={16} />
            </AriaButton>
          </div>
          <Popover className="popover">
            <ListBox
              className="options"
              renderEmptyState={() => (
                <p className="note palette-empty">
                  {search.loading ? t('app.loading') : text.trim() === '' ? t('add.noQuestion') : t('add.newQuestion')}
                </p>
              )}
            >
              {(candidate: (typeof found)[number] & { readonly key: string }) => (
                <ListBoxItem id={candidate.key} textValue={candidate.id} className="option">
                  <span className="option-label">{candidate.id}</span>
                  <span className="option-note">{format.list(candidate.skills.map(names))}</span>
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
        {student.skills.length === 0 ? null : (
          <Picker
            label={t('add.skill')}
            value={question === undefined ? skill : (question.skills[0] ?? null)}
            placeholder={t('add.chooseSkill')}
            options={[
              ...student.skills.map(({ id, name }) => ({ value: id, label: name })),
              { value: NEW_SKILL, label: t('add.newSkill') },
            ]}
            onChange={(chosen) => {
              setSkill(chosen);
              if (question !== undefined && !question.skills.includes(chosen)) {
                setQuestion(undefined);
                setText('');
              }
            }}
          />
        )}
        {naming ? (
          <TextField className="field" value={fresh} onChange={setFresh} maxLength={200}>
            <Label className="field-label">{t('add.skillName')}</Label>
            <Input className="input" placeholder={t('add.skillPlaceholder')} />
          </TextField>
        ) : null}
      </div>
      <div className="entry-verdict">
        <Button icon="check" isDisabled={!ready} onPress={() => add(1)}>
          {t('add.right')}
        </Button>
        <Button icon="cross" isDisabled={!ready} onPress={() => add(0)}>
          {t('add.wrong')}
        </Button>
      </div>
    </div>
  );
}
