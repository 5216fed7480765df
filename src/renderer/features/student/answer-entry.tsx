import { useState } from 'react';
import { Button as AriaButton, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Picker } from '../../components/picker.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from './reason.ts';

export interface DraftAnswer {
  readonly number: number;
  /** Empty: a question of the teacher's own. */
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

/** One answer to enter: a question that is known, or a skill for a question of one's own; then right or wrong. */
export function AnswerEntry({ student, names, onAdd }: AnswerEntryProperties) {
  const { t, format } = useWords();
  const [text, setText] = useState('');
  const [question, setQuestion] = useState<{ readonly id: string; readonly skills: readonly string[] }>();
  const [skill, setSkill] = useState<string | null>(null);
  const search = useRoute('questions.search', { text: question === undefined ? text : '', limit: FOUND });
  const found = search.data?.questions ?? [];
  const ready = question !== undefined || skill !== null;

  function add(correct: number) {
    if (!ready) return;
    onAdd(
      question === undefined
        ? { question: '', skills: skill === null ? [] : [skill], correct }
        : { question: question.id, skills: question.skills, correct },
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
                <p className="note palette-empty">{search.loading ? t('app.loading') : t('add.noQuestion')}</p>
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
        <Picker
          label={question === undefined ? t('add.own') : t('add.skill')}
          value={question === undefined ? skill : (question.skills[0] ?? null)}
          placeholder={t('add.chooseSkill')}
          options={student.skills.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(chosen) => {
            setSkill(chosen);
            if (question !== undefined && !question.skills.includes(chosen)) {
              setQuestion(undefined);
              setText('');
            }
          }}
        />
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
