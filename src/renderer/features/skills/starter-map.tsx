import { useState } from 'react';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded, Problem } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { CourseEdits } from '../questions/use-course-edits.tsx';

type Scope = 'part' | 'all';
type Effects = RouteOutput<'skills.starter'>;

/** The way to a starter map, where fewer than half of the skills can have a prerequisite. */
export function StarterOffer({ map, onOpen }: { readonly map: RouteOutput<'skills.map'>; readonly onOpen: () => void }) {
  const { t } = useWords();
  if (map.prerequisites.length > 0 && map.prerequisites.length * 2 >= map.skills.length) return null;
  return (
    <div className="starter-offer">
      <p>{t('skillsEdit.starter.offer')}</p>
      <Button onPress={onOpen}>{t('skillsEdit.starter.open')}</Button>
    </div>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  const { format } = useWords();
  if (names.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="note">{format.number(names.length)}</span>
      </h3>
      <ul className="starter-names">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  );
}

function Effect({ effect }: { readonly effect: Effects[Scope] }) {
  const { t } = useWords();
  const { matched, fresh, links, closing, takenAway } = effect;
  return (
    <>
      <div role="status">
        <p>
          <strong>
            {fresh.length + links === 0
              ? t('skillsEdit.starter.nothing')
              : t('skillsEdit.starter.comes', {
                  skills: t('skillsEdit.starter.skills', { count: fresh.length }),
                  links: t('skillsEdit.starter.links', { count: links }),
                })}
          </strong>
        </p>
        {closing === 0 ? null : <p>{t('skillsEdit.starter.closing', { count: closing })}</p>}
        {takenAway === 0 ? null : <p>{t('skillsEdit.starter.takenAway', { count: takenAway })}</p>}
      </div>
      <Names
        title={t('skillsEdit.starter.matched')}
        names={matched.map(({ name, own }) =>
          own.name === name ? name : t('skillsEdit.starter.matchedAs', { own: own.name, name }),
        )}
      />
      <Names title={t('skillsEdit.starter.fresh')} names={fresh} />
    </>
  );
}

function TakeStarter({
  effects,
  edits,
  onClose,
}: {
  readonly effects: Effects;
  readonly edits: CourseEdits;
  readonly onClose: () => void;
}) {
  const { t, format } = useWords();
  const touches = effects.part.matched.length > 0;
  const [scope, setScope] = useState<Scope>(touches ? 'part' : 'all');
  const effect = effects[scope];
  async function onTake() {
    if (await edits.run('skills.takeStarter', { language: format.language, scope })) onClose();
  }
  return (
    <div className="course-form">
      {touches ? (
        <Choice
          label={t('skillsEdit.starter.scope')}
          value={scope}
          options={[
            { value: 'part', label: t('skillsEdit.starter.scopes.part') },
            { value: 'all', label: t('skillsEdit.starter.scopes.all') },
          ]}
          onChange={setScope}
        />
      ) : (
        <p className="note">{t('skillsEdit.starter.unmatched')}</p>
      )}
      {edits.error === undefined ? null : <Problem failure={edits.error} />}
      <Effect effect={effect} />
      <div className="action-row">
        <Button
          kind="primary"
          isDisabled={effect.fresh.length + effect.links === 0}
          isPending={edits.busy}
          onPress={() => void onTake()}
        >
          {t('skillsEdit.starter.take')}
        </Button>
        <Button onPress={onClose}>{t('app.cancel')}</Button>
      </div>
    </div>
  );
}

/** What a starter map would bring, before it does. */
export function StarterMap({ edits, onClose }: { readonly edits: CourseEdits; readonly onClose: () => void }) {
  const { t, format } = useWords();
  const state = useRoute('skills.starter', { language: format.language });
  return (
    <Dialog title={t('skillsEdit.starter.title')} open onClose={onClose}>
      <p>{t('skillsEdit.starter.lead')}</p>
      <Loaded state={state}>{(effects) => <TakeStarter effects={effects} edits={edits} onClose={onClose} />}</Loaded>
    </Dialog>
  );
}
