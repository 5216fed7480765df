import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import type { Failure } from '../../../shared/contract/index.ts';
import { LONGEST_GROUP_NAME } from '../../../shared/groups.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Problem } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';

/** The name of a group, new or there already. @param empty whether it may have none */
export function GroupNameDialog(properties: {
  readonly title: string;
  readonly save: string;
  readonly name: string;
  readonly empty: boolean;
  readonly busy: boolean;
  readonly error: Failure | undefined;
  readonly onSave: (name: string) => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const { title, save, empty, busy, error, onSave, onClose } = properties;
  const { t } = useWords();
  const [name, setName] = useState(properties.name);
  const ready = empty || name.trim() !== '';
  async function onSubmit() {
    if (ready && (await onSave(name.trim()))) onClose();
  }
  return (
    <Dialog title={title} open onClose={onClose}>
      <Form
        className="course-form"
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <TextField className="field" value={name} onChange={setName} maxLength={LONGEST_GROUP_NAME} autoFocus>
          <Label className="field-label">{t('groups.name')}</Label>
          <Input className="input" />
        </TextField>
        {error === undefined ? null : <Problem failure={error} />}
        <div className="action-row">
          <Button kind="primary" type="submit" isDisabled={!ready} isPending={busy}>
            {save}
          </Button>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
