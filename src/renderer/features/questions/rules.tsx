import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { RULE_PLACES } from '../../../shared/contract/course.ts';
import type { RulePlace } from '../../../shared/contract/course.ts';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { Picker } from '../../components/picker.tsx';
import { Banner, Loaded, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useKeptText } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ChosenSkills, SkillCombo } from './skill-combo.tsx';
import type { SkillOption } from './skill-combo.tsx';
import type { CourseEdits } from './use-course-edits.tsx';
import { skillNames } from '../../../shared/skill-names.ts';

type Effect = RouteOutput<'rules.try'>;
const SHOWN = 12;

function EffectWords({ effect }: { readonly effect: Effect }) {
  const { t } = useWords();
  const { fills, keeps } = effect;
  return (
    <div role="status">
      <p>
        {fills.length + keeps === 0 ? t('questions.rules.fitsNothing') : ''}
        {fills.length === 0 ? '' : t('questions.rules.fills', { count: fills.length })}
        {keeps === 0 ? '' : ` ${t('questions.rules.keeps', { count: keeps })}`}
      </p>
      {fills.length === 0 ? null : (
        <ul className="course-titles">
          {fills.slice(0, SHOWN).map(({ kind, id, title }) => (
            <li key={`${kind} ${id}`}>{title}</li>
          ))}
          {fills.length > SHOWN ? <li className="note">{t('app.more', { count: fills.length - SHOWN })}</li> : null}
        </ul>
      )}
    </div>
  );
}

function TriedRule({ place, text }: { readonly place: RulePlace; readonly text: string }) {
  const state = useRoute('rules.try', { place, text });
  return <Loaded state={state}>{(effect) => <EffectWords effect={effect} />}</Loaded>;
}

function NewRule({ skills, edits }: { readonly skills: readonly SkillOption[]; readonly edits: CourseEdits }) {
  const { t } = useWords();
  const [place, setPlace] = useState<RulePlace>('begins');
  const [text, setText] = useKeptText('rules.text');
  const [chosen, setChosen] = useState<readonly SkillOption[]>([]);
  const [said, setSaid] = useState<string>();
  const save = useAction('rules.save');
  const list = useRoute('rules.list', {});
  const ready = text.trim() !== '' && chosen.length > 0;

  async function onSave(andApply: boolean) {
    const rule = { place, text: text.trim(), skills: chosen.map(({ id }) => id) };
    const saved = await save.run(rule);
    if (saved === undefined) return;
    list.reload();
    setSaid(andApply ? undefined : t(saved.saved ? 'questions.rules.saved' : 'questions.rules.known'));
    if (andApply && !(await edits.run('rules.apply', { id: saved.id }))) return;
    setText('');
    setChosen([]);
  }

  return (
    <Section title={t('questions.rules.add')} note={t('questions.rules.note')}>
      <div className="rule-fields">
        <Picker
          label={t('questions.rules.place')}
          value={place}
          options={RULE_PLACES.map((value) => ({ value, label: t(`questions.rules.places.${value}`) }))}
          onChange={setPlace}
        />
        <TextField className="field" value={text} onChange={setText}>
          <Label className="field-label">{t('questions.rules.text')}</Label>
          <Input className="input" maxLength={200} />
        </TextField>
        <SkillCombo
          label={t('questions.assign.skill')}
          skills={skills.filter(({ id }) => !chosen.some((each) => each.id === id))}
          allowNew
          onChoose={(skill) => setChosen((now) => [...now, skill])}
        />
      </div>
      {place === 'pattern' ? <p className="note">{t('questions.rules.patternNote')}</p> : null}
      <ChosenSkills
        label={t('questions.assign.chosen')}
        skills={chosen}
        onRemove={(id) => setChosen((now) => now.filter((each) => each.id !== id))}
      />
      {text.trim() === '' ? null : <TriedRule place={place} text={text.trim()} />}
      <div className="action-row">
        <Button kind="primary" isDisabled={!ready} isPending={save.busy || edits.busy} onPress={() => void onSave(true)}>
          {t('questions.rules.saveAndApply')}
        </Button>
        <Button isDisabled={!ready} isPending={save.busy} onPress={() => void onSave(false)}>
          {t('questions.rules.save')}
        </Button>
      </div>
      {save.error === undefined ? null : <Problem failure={save.error} />}
      {said === undefined ? null : (
        <Banner tone="good" onDismiss={() => setSaid(undefined)}>
          <p>{said}</p>
        </Banner>
      )}
    </Section>
  );
}

/** Rules on titles: a new one with what it would change, and those that are kept. */
export function Rules({ skills, edits }: { readonly skills: readonly SkillOption[]; readonly edits: CourseEdits }) {
  const { t, format } = useWords();
  const state = useRoute('rules.list', {});
  const remove = useAction('rules.remove');
  const names = skillNames(skills);
  return (
    <>
      <NewRule skills={skills} edits={edits} />
      <Section title={t('questions.rules.list')}>
        {remove.error === undefined ? null : <Problem failure={remove.error} />}
        <Loaded state={state}>
          {({ rules }) =>
            rules.length === 0 ? (
              <p className="note">{t('questions.rules.none')}</p>
            ) : (
              <DataTable
                label={t('questions.rules.list')}
                rows={rules}
                rowKey={({ id }) => id}
                columns={[
                  {
                    title: t('questions.rules.rule'),
                    cell: ({ place, text }) => `${t(`questions.rules.places.${place}`)} “${text}”`,
                  },
                  { title: t('questions.skills'), cell: (rule) => format.list(rule.skills.map(names)) },
                  { title: t('questions.rules.effect'), cell: ({ effect }) => format.number(effect.fills.length), numeric: true },
                  {
                    title: t('questions.edits.state'),
                    cell: ({ id, text, effect }) => (
                      <>
                        <Button
                          isDisabled={effect.fills.length === 0 || edits.busy}
                          aria-label={t('questions.rules.applyOf', { text })}
                          onPress={() => void edits.run('rules.apply', { id })}
                        >
                          {t('questions.rules.apply')}
                        </Button>
                        <Button
                          kind="quiet"
                          icon="close"
                          aria-label={t('questions.rules.remove', { text })}
                          onPress={() => void remove.run({ id })}
                        />
                      </>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Section>
    </>
  );
}
