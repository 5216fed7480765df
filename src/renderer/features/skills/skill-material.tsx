import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import type { RouteInput } from '../../../shared/contract/index.ts';
import type { SkillMaterialView } from '../../../shared/contract/teacher.ts';
import { STRATEGIES } from '../../../shared/strategy.ts';
import type { Strategy } from '../../../shared/strategy.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { Picker } from '../../components/picker.tsx';
import { DoneBanner } from '../../components/done-banner.tsx';
import type { Done } from '../../components/done-banner.tsx';
import { Loaded, Problem } from '../../components/states.tsx';
import { MaterialLink } from '../../components/material-link.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAttempt } from '../../data/use-action.ts';
import { useKeptText } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

type WriteName = 'material.add' | 'material.delete' | 'material.restore';
type Way = Strategy | 'any';

/** A teacher's links and files for one skill. */
export function SkillMaterial({ skill }: { readonly skill: string }) {
  const { api } = useApplication();
  const { t } = useWords();
  const announce = useAnnounce();
  const state = useRoute('material.list', {});
  const [title, setTitle] = useKeptText(`material.title.${skill}`);
  const [address, setAddress] = useKeptText(`material.address.${skill}`);
  const [way, setWay] = useState<Way>('any');
  const { attempt, busy, error, fail } = useAttempt();
  const [done, setDone] = useState<Done>();

  async function put<Name extends WriteName>(name: Name, input: RouteInput<Name>, text: string, undo?: Done['undo']) {
    if ((await attempt(() => api.call(name, input))) === undefined) return;
    setDone({ text, undo });
    announce(text);
    setTitle('');
    setAddress('');
  }
  const strategy = way === 'any' ? null : way;
  const ready = address.trim() !== '' && !busy;
  async function onAddLink() {
    if (!ready) return;
    const named = title.trim() === '' ? address.trim().slice(0, 200) : title;
    await put('material.add', { skill, title: named, strategy, source: { address } }, t('material.added', { title: named }));
  }
  async function onAddFile() {
    try {
      const [file] = await api.chooseFiles();
      if (file === undefined) return;
      const named = title.trim() === '' ? file.name.slice(0, 200) : title;
      const source = { fileId: file.id };
      await put('material.add', { skill, title: named, strategy, source }, t('material.added', { title: named }));
    } catch (reason) {
      fail(reason);
    }
  }

  async function onDelete({ id, title: named }: SkillMaterialView) {
    const back = () => put('material.restore', { materialId: id }, t('material.restored', { title: named }));
    await put('material.delete', { materialId: id }, t('material.deleted', { title: named }), back);
  }

  return (
    <section className="skill-edit" aria-label={t('material.title')}>
      <h3>{t('material.title')}</h3>
      <p className="note">{t('material.note')}</p>
      {error === undefined ? null : <Problem failure={error} />}
      <DoneBanner done={done} onDismiss={() => setDone(undefined)} />
      <Loaded state={state}>
        {({ material }) => (
          <MaterialList
            material={material.filter((each) => each.skill === skill)}
            busy={busy}
            onDelete={(each) => void onDelete(each)}
          />
        )}
      </Loaded>
      <Form
        className="material-form"
        onSubmit={(event) => {
          event.preventDefault();
          void onAddLink();
        }}
      >
        <TextField className="field" value={title} onChange={setTitle} maxLength={200}>
          <Label className="field-label">{t('material.name')}</Label>
          <Input className="input" />
        </TextField>
        <TextField className="field" type="url" value={address} onChange={setAddress} maxLength={2000}>
          <Label className="field-label">{t('material.address')}</Label>
          <Input className="input" />
        </TextField>
        <Picker
          label={t('material.strategy')}
          value={way}
          options={[
            { value: 'any' as Way, label: t('material.any') },
            ...STRATEGIES.map((each) => ({ value: each, label: t(`terms.strategy.${each}`) })),
          ]}
          onChange={setWay}
        />
        <div className="skill-edit-row">
          <Button type="submit" icon="plus" isDisabled={!ready}>
            {t('material.addLink')}
          </Button>
          <Button isDisabled={busy} onPress={() => void onAddFile()}>
            {t('material.addFile')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function MaterialList({
  material,
  busy,
  onDelete,
}: {
  readonly material: readonly SkillMaterialView[];
  readonly busy: boolean;
  readonly onDelete: (material: SkillMaterialView) => void;
}) {
  const { t, format } = useWords();
  if (material.length === 0) return <p className="note">{t('material.none')}</p>;
  return (
    <ul className="skill-links">
      {material.map((each) => (
        <li key={each.id}>
          <span className="draft-words">
            <MaterialLink material={each} />
            <span className="note">
              {[
                ...(each.strategy === null ? [] : [t(`terms.strategy.${each.strategy}`)]),
                each.address ?? t('material.size', { kilobytes: format.number(Math.ceil(each.size / 1024)) }),
              ].join(' · ')}
            </span>
          </span>
          <Button
            kind="quiet"
            icon="close"
            isDisabled={busy}
            aria-label={t('material.delete', { title: each.title })}
            onPress={() => onDelete(each)}
          />
        </li>
      ))}
    </ul>
  );
}
