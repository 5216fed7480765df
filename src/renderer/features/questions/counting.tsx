import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { CourseItem } from '../../../shared/contract/course.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Picker } from '../../components/picker.tsx';
import { Problem } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { CourseEdits } from './use-course-edits.tsx';

const WEIGHTS = ['0.25', '0.5', '0.75', '1', '1.5', '2', '3', '4'] as const;
type Weight = (typeof WEIGHTS)[number];
type Key = 'mixed' | 'file' | 'flipped' | 'all-right';
type Voided = 'mixed' | 'counts' | 'out';

/** What all of them share; undefined where they differ. */
function shared<Value>(items: readonly CourseItem[], of: (item: CourseItem) => Value): Value | undefined {
  const first = of(items[0]!);
  return items.every((item) => of(item) === first) ? first : undefined;
}

/** Takes questions out, gives them another key or another weight; what is left as it is stays. */
export function Counting({
  items,
  edits,
  onClose,
}: {
  readonly items: readonly CourseItem[];
  readonly edits: CourseEdits;
  readonly onClose: () => void;
}) {
  const { t, format } = useWords();
  const now = {
    voided: shared(items, ({ voided }): Voided => (voided ? 'out' : 'counts')) ?? 'mixed',
    key: shared(items, ({ key }): Key => key ?? 'file') ?? 'mixed',
    weight: shared(items, ({ weight }) => WEIGHTS.find((each) => Number(each) === weight)) ?? ('mixed' as const),
  };
  const [voided, setVoided] = useState<Voided>(now.voided);
  const [key, setKey] = useState<Key>(now.key);
  const [weight, setWeight] = useState<Weight | 'mixed'>(now.weight);
  const [note, setNote] = useState('');
  const marks = items.some(({ kind }) => kind === 'assignment');
  const keys = (['mixed', 'file', 'flipped', 'all-right'] as const).filter(
    (each) => (each !== 'mixed' || now.key === 'mixed') && (each !== 'flipped' || !marks),
  );
  const states = (['counts', 'out', 'mixed'] as const).filter((each) => each !== 'mixed' || now.voided === 'mixed');
  const changed = voided !== now.voided || key !== now.key || weight !== now.weight;

  async function onSave() {
    const saved = await edits.run('questions.count', {
      items: items.map(({ kind, id }) => ({ kind, id })),
      change: {
        ...(voided === now.voided || voided === 'mixed' ? {} : { voided: voided === 'out' }),
        ...(key === now.key || key === 'mixed' ? {} : { key: key === 'file' ? null : key }),
        ...(weight === now.weight || weight === 'mixed' ? {} : { weight: Number(weight) }),
      },
      note,
    });
    if (saved) onClose();
  }

  return (
    <Dialog
      title={t('questions.count.title', { count: items.length })}
      open
      shape="drawer"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={!changed} isPending={edits.busy} onPress={() => void onSave()}>
            {t('questions.count.save')}
          </Button>
        </>
      }
    >
      <div className="course-form">
        <p className="note">{t('questions.count.note')}</p>
        <Choice
          label={t('questions.count.voided')}
          value={voided}
          options={states.map((value) => ({ value, label: t(`questions.count.voidedOptions.${value}`) }))}
          onChange={setVoided}
        />
        <Picker
          label={t('questions.count.key')}
          value={key}
          options={keys.map((value) => ({ value, label: t(`questions.count.keys.${value}`) }))}
          onChange={setKey}
        />
        <p className="note">{t(marks ? 'questions.count.keyNoteMarks' : 'questions.count.keyNote')}</p>
        <Picker<Weight | 'mixed'>
          label={t('questions.count.weight')}
          value={weight}
          options={[...(now.weight === 'mixed' ? (['mixed'] as const) : []), ...WEIGHTS].map((value) => ({
            value,
            label:
              value === 'mixed'
                ? t('questions.count.weightAsIs')
                : value === '1'
                  ? t('questions.count.weightOnce')
                  : t('questions.count.weightTimes', { weight: format.number(Number(value), Number(value) % 1 === 0 ? 0 : 2) }),
          }))}
          onChange={setWeight}
        />
        <TextField className="field" value={note} onChange={setNote}>
          <Label className="field-label">{t('questions.count.remark')}</Label>
          <Input className="input" placeholder={t('questions.count.remarkPlaceholder')} maxLength={500} />
        </TextField>
        {edits.error === undefined ? null : <Problem failure={edits.error} />}
      </div>
    </Dialog>
  );
}
