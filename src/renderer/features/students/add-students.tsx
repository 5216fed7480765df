import { useState } from 'react';
import { Form, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useKeptText } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usePreferences } from '../../preferences/preferences.tsx';
import { goTo } from '../../routing/use-place.ts';

/** Students whose names are typed in: for one student, for oneself, or for somebody who came later. */
export function AddStudents({ className, onClose }: { readonly className: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const announce = useAnnounce();
  const add = useAction('students.add');
  const [text, setText] = useKeptText('students.add');
  const [group, setGroup] = useState(className);
  const { set } = usePreferences();
  const names = text
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  async function onSave() {
    const added = await add.run({ names, className: group.trim() });
    if (added === undefined) return;
    setText('');
    // The class that they are in is the one to look at.
    set({ classId: group.trim() === '' ? null : group.trim() });
    announce(t('students.added', { count: names.length }));
    onClose();
    const [only, ...more] = added.students;
    goTo(only !== undefined && more.length === 0 ? { screen: 'student', studentId: only, view: 'path' } : { screen: 'students' });
  }
  return (
    <Dialog title={t('students.addTitle')} open onClose={onClose}>
      <Form
        className="course-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (names.length > 0) void onSave();
        }}
      >
        <TextField className="field" value={text} onChange={setText} maxLength={20_000} autoFocus>
          <Label className="field-label">{t('students.addNames')}</Label>
          <TextArea className="input" rows={4} />
          <Text slot="description" className="note">
            {t('students.addNote')}
          </Text>
        </TextField>
        <TextField className="field" value={group} onChange={setGroup} maxLength={200}>
          <Label className="field-label">{t('students.addClass')}</Label>
          <Input className="input" />
        </TextField>
        {add.error === undefined ? null : <Problem failure={add.error} />}
        <div className="action-row">
          <Button kind="primary" type="submit" isDisabled={names.length === 0} isPending={add.busy}>
            {t('students.addSave', { count: Math.max(1, names.length) })}
          </Button>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
