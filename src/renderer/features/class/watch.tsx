import { useState } from 'react';
import { Disclosure, DisclosurePanel, Heading, Label, TextArea, TextField, Button as AriaButton } from 'react-aria-components';
import type { ClassWarning } from '../../../shared/contract/classroom.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Section } from '../../components/page.tsx';
import { useKeptFocus } from '../../components/use-kept-focus.ts';
import { Loaded, Problem, Skeleton } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useKeptText } from '../../data/use-kept.ts';
import type { RouteState } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { oneIn, warningKind, warningSentence } from './warning-words.ts';

const SHOWN = 5;

function SetAsideDialog({ warning, onClose }: { readonly warning: ClassWarning; readonly onClose: () => void }) {
  const { t, format } = useWords();
  const announce = useAnnounce();
  const setAside = useAction('warnings.setAside');
  const { student, kind, skill, reach, base, name } = warning;
  const [note, setNote] = useKeptText(`aside.${student} ${kind} ${skill ?? ''}`);
  async function keep() {
    const kept = await setAside.run({ student, kind, skill, reach, base, note });
    if (kept === undefined) return;
    setNote('');
    announce(t('watch.kept', { name }));
    onClose();
  }
  return (
    <Dialog
      title={t('watch.dialogTitle', { name })}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" isPending={setAside.busy} onPress={() => void keep()}>
            {t('watch.keep')}
          </Button>
        </>
      }
    >
      <p>{warningSentence(warning, t, format)}</p>
      <TextField className="field" value={note} maxLength={2000} onChange={setNote} autoFocus>
        <Label className="field-label">{t('watch.noteLabel')}</Label>
        <TextArea className="input watch-note" rows={3} />
      </TextField>
      <p className="note">{t('watch.dialogNote')}</p>
      {setAside.error === undefined ? null : <Problem failure={setAside.error} />}
    </Dialog>
  );
}

function Warnings({
  warnings,
  onChoose,
}: {
  readonly warnings: readonly ClassWarning[];
  readonly onChoose: (warning: ClassWarning) => void;
}) {
  const { t, format } = useWords();
  const [all, setAll] = useState(false);
  const now = Date.now();
  const shown = all ? warnings : warnings.slice(0, SHOWN);
  return (
    <>
      <ul className="watch">
        {shown.map((warning) => (
          <li key={`${warning.student} ${warning.kind} ${warning.skill ?? ''}`} className="watch-item">
            <LinkButton kind="quiet" to={{ screen: 'student', studentId: warning.student, view: 'path' }}>
              {warning.name}
            </LinkButton>
            <p>
              {warningSentence(warning, t, format)}{' '}
              <span className="note">
                {warning.since === null ? '' : `${t('watch.since', { day: format.day(warning.since, now) })} · `}
                <span title={t('watch.chanceMeans')}>{t('watch.chance', { times: oneIn(warning.chance, format) })}</span>
              </span>
            </p>
            <Button kind="quiet" aria-label={t('watch.setAsideOf', { name: warning.name })} onPress={() => onChoose(warning)}>
              {t('watch.setAside')}
            </Button>
          </li>
        ))}
      </ul>
      {shown.length === warnings.length ? null : (
        <Button kind="quiet" onPress={() => setAll(true)}>
          {t('watch.all', { count: warnings.length - shown.length })}
        </Button>
      )}
    </>
  );
}

function SetAsideList({ records }: { readonly records: NonNullable<RouteState<'classes.watch'>['data']>['setAside'] }) {
  const { t, format } = useWords();
  const announce = useAnnounce();
  const bringBack = useAction('warnings.bringBack');
  return (
    <Disclosure className="watch-aside">
      <Heading level={3}>
        <AriaButton slot="trigger" className="button button-quiet">
          {t('watch.asideTitle', { count: records.length })}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <ul className="watch">
          {records.map((record) => (
            <li key={record.id} className="watch-item">
              <LinkButton kind="quiet" to={{ screen: 'student', studentId: record.student, view: 'path' }}>
                {record.name}
              </LinkButton>
              <p>
                {warningKind(record, t)} <span className="note">{format.date(record.at)}</span>
                {record.note === '' ? null : <q className="watch-said">{record.note}</q>}
              </p>
              <Button
                kind="quiet"
                aria-label={t('watch.bringBackOf', { name: record.name })}
                onPress={() =>
                  void bringBack.run({ id: record.id }).then((done) => {
                    if (done !== undefined) announce(t('watch.broughtBack', { name: record.name }));
                  })
                }
              >
                {t('watch.bringBack')}
              </Button>
            </li>
          ))}
        </ul>
        {bringBack.error === undefined ? null : <Problem failure={bringBack.error} />}
      </DisclosurePanel>
    </Disclosure>
  );
}

/** Who needs the teacher now: what is far from what was to be expected, each with its evidence; and what was set aside. */
export function Watch({ state }: { readonly state: RouteState<'classes.watch'> }) {
  const { t } = useWords();
  const body = useKeptFocus<HTMLDivElement>();
  const [chosen, setChosen] = useState<ClassWarning>();
  return (
    <Section title={t('watch.title')} note={state.data?.warnings.length === 0 ? t('watch.none') : t('watch.note')}>
      <div ref={body} tabIndex={-1} role="group" aria-label={t('watch.title')}>
        <Loaded state={state} skeleton={<Skeleton lines={2} />}>
          {({ warnings, setAside }) => (
            <>
              {warnings.length === 0 ? null : <Warnings warnings={warnings} onChoose={setChosen} />}
              {setAside.length === 0 ? null : <SetAsideList records={setAside} />}
            </>
          )}
        </Loaded>
        {chosen === undefined ? null : <SetAsideDialog warning={chosen} onClose={() => setChosen(undefined)} />}
      </div>
    </Section>
  );
}
