import { Checkbox } from 'react-aria-components';
import type { ImportChoices, PreviewedFile } from '../../../shared/contract/imports.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useImportSession } from './import-session.tsx';
import { skillNames } from '../../../shared/skill-names.ts';

type Recognised = Extract<PreviewedFile, { outcome: 'recognised' }>;

/** Saved rules that fit what comes in without a skill: applied with the import where the teacher says so, and undone with it. */
export function ApplyRules({ file }: { readonly file: Recognised }) {
  const { t, format } = useWords();
  const session = useImportSession();
  const list = useRoute('questions.list', {});
  if (file.rules.length === 0) return null;
  const names = skillNames(list.data?.skills ?? []);
  const chosen: ImportChoices = session.choices[file.fileId] ?? {};
  const applied = chosen.rules ?? [];
  return (
    <fieldset className="rule-offers">
      <legend>{t('questions.rules.offer')}</legend>
      {file.rules.map((rule) => (
        <Checkbox
          key={rule.id}
          className="choice-box rule-offer"
          isSelected={applied.includes(rule.id)}
          onChange={(on) =>
            session.choose(file.fileId, {
              ...chosen,
              rules: on ? [...applied, rule.id] : applied.filter((id) => id !== rule.id),
            })
          }
        >
          {({ isSelected }) => (
            <>
              <span className="choice-box-mark" aria-hidden="true">
                {isSelected ? '✓' : ''}
              </span>
              <span>
                {t('questions.rules.offerOf', {
                  place: t(`questions.rules.places.${rule.place}`),
                  text: rule.text,
                  skills: format.list(rule.skills.map(names)),
                  fills: format.number(rule.fills),
                })}
              </span>
            </>
          )}
        </Checkbox>
      ))}
    </fieldset>
  );
}
