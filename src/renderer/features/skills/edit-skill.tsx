import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { SkillCombo } from '../questions/skill-combo.tsx';
import type { SkillOption } from '../questions/skill-combo.tsx';
import type { CourseEdits } from '../questions/use-course-edits.tsx';
import { SkillMaterial } from './skill-material.tsx';
import { skillNames } from '../../../shared/skill-names.ts';

/** One skill: its name, what it builds on, and its end. */
export function EditSkill({
  skill,
  map,
  edits,
  onClose,
}: {
  readonly skill: string;
  readonly map: RouteOutput<'skills.map'>;
  readonly edits: CourseEdits;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const names = skillNames(map.skills);
  const [name, setName] = useState(names(skill));
  const [into, setInto] = useState<SkillOption>();
  const needs = map.prerequisites.filter((pair) => pair.skill === skill).map(({ prerequisite }) => prerequisite);
  const others = map.skills.filter(({ id }) => id !== skill);
  const renaming = name.trim() !== '' && name.trim() !== names(skill);
  const andClose = (went: boolean): void => {
    if (went) onClose();
  };

  return (
    <Dialog
      title={t('skillsEdit.edit', { name: names(skill) })}
      open
      shape="drawer"
      onClose={onClose}
      footer={<Button onPress={onClose}>{t('app.close')}</Button>}
    >
      {edits.outcome}
      <Form
        className="skill-edit"
        onSubmit={(event) => {
          event.preventDefault();
          if (renaming) void edits.run('skills.rename', { skill, name });
        }}
      >
        <div className="skill-edit-row">
          <TextField className="field" value={name} onChange={setName}>
            <Label className="field-label">{t('skillsEdit.name')}</Label>
            <Input className="input" maxLength={200} />
          </TextField>
          <Button type="submit" isDisabled={!renaming || edits.busy}>
            {t('skillsEdit.rename')}
          </Button>
        </div>
      </Form>
      <section className="skill-edit" aria-label={t('skillsEdit.prerequisites')}>
        <h3>{t('skillsEdit.prerequisites')}</h3>
        {needs.length === 0 ? (
          <p className="note">{t('skillsEdit.prerequisitesNone')}</p>
        ) : (
          <ul className="skill-links">
            {needs.map((prerequisite) => (
              <li key={prerequisite}>
                <span>{names(prerequisite)}</span>
                <Button
                  kind="quiet"
                  icon="close"
                  isDisabled={edits.busy}
                  aria-label={t('skillsEdit.removePrerequisite', { name: names(prerequisite) })}
                  onPress={() => void edits.run('skills.link', { skill, prerequisite, linked: false })}
                />
              </li>
            ))}
          </ul>
        )}
        <SkillCombo
          label={t('skillsEdit.addPrerequisite')}
          skills={others.filter(({ id }) => !needs.includes(id))}
          onChoose={({ id }) => void edits.run('skills.link', { skill, prerequisite: id, linked: true })}
        />
      </section>
      <SkillMaterial skill={skill} />
      <section className="skill-edit" aria-label={t('skillsEdit.merge')}>
        <h3>{t('skillsEdit.merge')}</h3>
        <p className="note">{t('skillsEdit.mergeNote')}</p>
        <div className="skill-edit-row">
          <SkillCombo label={t('skillsEdit.mergeInto')} skills={others} onChoose={setInto} />
          <Button
            isDisabled={into === undefined || edits.busy}
            onPress={() => void edits.run('skills.merge', { skill, into: into!.id }).then(andClose)}
          >
            {into === undefined ? t('skillsEdit.mergeButton') : `${t('skillsEdit.mergeButton')}: ${into.name}`}
          </Button>
        </div>
      </section>
      <section className="skill-edit" aria-label={t('skillsEdit.remove')}>
        <h3>{t('skillsEdit.remove')}</h3>
        <p className="note">{t('skillsEdit.removeNote')}</p>
        <div>
          <Button isDisabled={edits.busy} onPress={() => void edits.run('skills.remove', { skill }).then(andClose)}>
            {t('skillsEdit.removeButton')}
          </Button>
        </div>
      </section>
    </Dialog>
  );
}
