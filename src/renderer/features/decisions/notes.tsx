import { useState } from 'react';
import { Form, Label, TextArea, TextField } from 'react-aria-components';
import type { NoteView } from '../../../shared/contract/teacher.ts';
import type { RouteInput } from '../../../shared/contract/index.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { Loaded, Problem } from '../../components/states.tsx';
import { DoneBanner } from '../../components/done-banner.tsx';
import type { Done } from '../../components/done-banner.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAttempt } from '../../data/use-action.ts';
import { isText, useKept, useKeptText } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

type WriteName = 'notes.add' | 'notes.edit' | 'notes.delete' | 'notes.restore';

/** The teacher's notes on a student: free words, each with its day. */
export function Notes({ studentId }: { readonly studentId: string }) {
  const { api } = useApplication();
  const { t } = useWords();
  const announce = useAnnounce();
  const state = useRoute('notes.list', { studentId });
  const [fresh, setFresh] = useKeptText(`note.new.${studentId}`);
  const [editing, setEditing] = useKeptText(`note.editing.${studentId}`);
  const [done, setDone] = useState<Done>();
  const { attempt, error } = useAttempt();

  /** One write, what is said after it, and what takes it back. */
  async function put<Name extends WriteName>(name: Name, input: RouteInput<Name>, text: string, undo?: Done['undo']) {
    if ((await attempt(() => api.call(name, input))) === undefined) return false;
    setDone({ text, undo });
    announce(text);
    return true;
  }
  const restored = t('notes.restored');
  async function onAdd() {
    if (fresh.trim() !== '' && (await put('notes.add', { studentId, text: fresh }, t('notes.added')))) setFresh('');
  }
  async function onEdit(note: NoteView, text: string) {
    const back = async () => void (await put('notes.edit', { noteId: note.id, text: note.text }, restored));
    if (text.trim() !== '' && (await put('notes.edit', { noteId: note.id, text }, t('notes.edited'), back))) setEditing('');
  }
  async function onDelete(note: NoteView) {
    const back = async () => void (await put('notes.restore', { noteId: note.id }, restored));
    await put('notes.delete', { noteId: note.id }, t('notes.deleted'), back);
  }

  return (
    <Section title={t('notes.title')} note={t('notes.note')} className="no-print">
      {error === undefined ? null : <Problem failure={error} />}
      <DoneBanner done={done} onDismiss={() => setDone(undefined)} />
      <Loaded state={state}>
        {({ notes }) =>
          notes.length === 0 ? (
            <p className="note">{t('notes.none')}</p>
          ) : (
            <ul className="decision-list">
              {notes.map((note) => (
                <li key={note.id} className="decision">
                  {editing === note.id ? (
                    <NoteEditor note={note} onSave={(text) => void onEdit(note, text)} onCancel={() => setEditing('')} />
                  ) : (
                    <NoteRow note={note} onEdit={() => setEditing(note.id)} onDelete={() => void onDelete(note)} />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Form
        className="note-form"
        onSubmit={(event) => {
          event.preventDefault();
          void onAdd();
        }}
      >
        <TextField className="field" value={fresh} onChange={setFresh} maxLength={10_000}>
          <Label className="field-label">{t('notes.field')}</Label>
          <TextArea className="input" rows={2} />
        </TextField>
        <Button type="submit" icon="plus" isDisabled={fresh.trim() === ''}>
          {t('notes.add')}
        </Button>
      </Form>
    </Section>
  );
}

function NoteRow({
  note,
  onEdit,
  onDelete,
}: {
  readonly note: NoteView;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}) {
  const { t, format } = useWords();
  const day = format.day(note.at, Date.now());
  return (
    <>
      <span className="draft-words">
        <span className="note-text">{note.text}</span>
        <span className="note">
          <time dateTime={new Date(note.at).toISOString()} title={format.exactTime(note.at)}>
            {day}
          </time>
          {note.editedAt === null ? null : <> · {t('notes.changed', { day: format.day(note.editedAt, Date.now()) })}</>}
        </span>
      </span>
      <span className="note-actions">
        <Button kind="quiet" aria-label={t('notes.edit', { day })} onPress={onEdit}>
          {t('notes.editShort')}
        </Button>
        <Button kind="quiet" aria-label={t('notes.delete', { day })} onPress={onDelete}>
          {t('notes.deleteShort')}
        </Button>
      </span>
    </>
  );
}

function NoteEditor({
  note,
  onSave,
  onCancel,
}: {
  readonly note: NoteView;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}) {
  const { t, format } = useWords();
  const [text, setText] = useKept(`note.text.${note.id} ${note.editedAt ?? 0}`, note.text, isText);
  return (
    <Form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(text);
      }}
    >
      <TextField className="field" value={text} onChange={setText} maxLength={10_000} autoFocus>
        <Label className="field-label">{t('notes.editField', { day: format.day(note.at, Date.now()) })}</Label>
        <TextArea className="input" rows={3} />
      </TextField>
      <Button onPress={onCancel}>{t('app.cancel')}</Button>
      <Button type="submit" kind="primary" isDisabled={text.trim() === ''}>
        {t('notes.save')}
      </Button>
    </Form>
  );
}
