import { useMemo, useState } from 'react';
import type { CourseItem } from '../../../shared/contract/course.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Problem } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { ChosenSkills, SkillCombo } from './skill-combo.tsx';
import type { SkillOption } from './skill-combo.tsx';
import type { CourseEdits } from './use-course-edits.tsx';

const MODES = ['add', 'replace', 'remove', 'file'] as const;

/** Gives the chosen questions and assignments skills, new ones too, or takes some away. */
export function AssignSkills({
  items,
  skills,
  edits,
  onClose,
}: {
  readonly items: readonly CourseItem[];
  readonly skills: readonly SkillOption[];
  readonly edits: CourseEdits;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [mode, setMode] = useState<(typeof MODES)[number]>('add');
  const [chosen, setChosen] = useState<readonly SkillOption[]>([]);
  const theirs = useMemo(() => {
    const asked = new Set(items.flatMap((item) => item.skills));
    return skills.filter(({ id }) => asked.has(id));
  }, [items, skills]);
  const byTeacher = items.some(({ bySkillsOf }) => bySkillsOf === 'teacher');
  const removing = mode === 'remove';
  const offered = (removing ? theirs : skills).filter(({ id }) => !chosen.some((each) => each.id === id));

  async function onSave() {
    const saved = await edits.run('questions.assign', {
      items: items.map(({ kind, id }) => ({ kind, id })),
      mode,
      skills: mode === 'file' ? [] : chosen.map(({ id }) => id),
    });
    if (saved) onClose();
  }

  return (
    <Dialog
      title={t('questions.assign.title', { count: items.length })}
      open
      shape="drawer"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={mode !== 'file' && chosen.length === 0}
            isPending={edits.busy}
            onPress={() => void onSave()}
          >
            {t('questions.assign.save')}
          </Button>
        </>
      }
    >
      <div className="course-form">
        <Choice
          label={t('questions.assign.mode')}
          value={mode}
          options={MODES.filter((each) => (each === 'remove' ? theirs.length > 0 : each !== 'file' || byTeacher)).map(
            (value) => ({
              value,
              label: t(`questions.assign.modes.${value}`),
            }),
          )}
          onChange={(value) => {
            setMode(value);
            setChosen([]);
          }}
        />
        {mode === 'file' ? (
          <p className="note">{t('questions.assign.fileNote')}</p>
        ) : (
          <>
            <SkillCombo
              label={t('questions.assign.skill')}
              skills={offered}
              allowNew={!removing}
              onChoose={(skill) => setChosen((now) => [...now.filter(({ id }) => id !== skill.id), skill])}
            />
            <h3>{t(removing ? 'questions.assign.chosenRemove' : 'questions.assign.chosen')}</h3>
            <ChosenSkills
              label={t(removing ? 'questions.assign.chosenRemove' : 'questions.assign.chosen')}
              skills={chosen}
              onRemove={(id) => setChosen((now) => now.filter((each) => each.id !== id))}
            />
          </>
        )}
        <ul className="course-titles">
          {items.slice(0, 8).map((item) => (
            <li key={`${item.kind} ${item.id}`}>{item.title}</li>
          ))}
          {items.length > 8 ? <li className="note">{t('app.more', { count: items.length - 8 })}</li> : null}
        </ul>
        {edits.error === undefined ? null : <Problem failure={edits.error} />}
      </div>
    </Dialog>
  );
}
