import { Form, Input, Label, TextField } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Problem } from '../../components/states.tsx';
import { useKeptText } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { CourseEdits } from '../questions/use-course-edits.tsx';

/** A skill that nothing asks yet. */
export function AddSkill({ edits, onClose }: { readonly edits: CourseEdits; readonly onClose: () => void }) {
  const { t } = useWords();
  const [name, setName] = useKeptText('skills.add');
  async function onSave() {
    if (name.trim() !== '' && (await edits.run('skills.add', { name }))) {
      setName('');
      onClose();
    }
  }
  return (
    <Dialog title={t('skillsEdit.addTitle')} open onClose={onClose}>
      <Form
        className="course-form"
        onSubmit={(event) => {
          event.preventDefault();
          void onSave();
        }}
      >
        <TextField className="field" value={name} onChange={setName} autoFocus>
          <Label className="field-label">{t('skillsEdit.name')}</Label>
          <Input className="input" maxLength={200} />
        </TextField>
        {edits.error === undefined ? null : <Problem failure={edits.error} />}
        <div className="action-row">
          <Button kind="primary" type="submit" isDisabled={name.trim() === ''} isPending={edits.busy}>
            {t('skillsEdit.addSave')}
          </Button>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
