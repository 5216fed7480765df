import { useState } from 'react';
import { Form, Input, Label, NumberField, TextField } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

/** A new column of marks: a title, and the points that can be had. */
export function AddAssignment() {
  const { t } = useWords();
  const add = useAction('gradebook.addAssignment');
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [possible, setPossible] = useState(10);
  const ready = title.trim() !== '' && possible > 0;

  async function onAdd() {
    if (!ready) return;
    const added = await add.run({ title, possible });
    if (added === undefined) return;
    setOpen(false);
    setTitle('');
  }

  return (
    <>
      <Button icon="plus" onPress={() => setOpen(true)}>
        {t('gradebook.add')}
      </Button>
      <Dialog
        title={t('gradebook.add')}
        open={open}
        onClose={() => setOpen(false)}
        footer={
          <>
            <Button onPress={() => setOpen(false)}>{t('app.cancel')}</Button>
            <Button kind="primary" isDisabled={!ready} isPending={add.busy} onPress={() => void onAdd()}>
              {t('gradebook.addConfirm')}
            </Button>
          </>
        }
      >
        {add.error === undefined ? null : <Problem failure={add.error} />}
        <Form
          className="grid-form"
          onSubmit={(event) => {
            event.preventDefault();
            void onAdd();
          }}
        >
          <TextField className="field" value={title} onChange={setTitle} maxLength={200} autoFocus isRequired>
            <Label className="field-label">{t('gradebook.addTitle')}</Label>
            <Input className="input" />
          </TextField>
          <NumberField className="field" value={possible} onChange={setPossible} minValue={0.01} maxValue={1_000_000} isRequired>
            <Label className="field-label">{t('gradebook.addPossible')}</Label>
            <Input className="input" />
          </NumberField>
          <p className="note">{t('gradebook.addNote')}</p>
          {/* Enter in a field adds the column. */}
          <button type="submit" hidden />
        </Form>
      </Dialog>
    </>
  );
}
