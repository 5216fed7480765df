import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { School } from '../../../shared/contract/plans.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

/** Name and logo of the school, which stand on every sheet; kept in the gradebook as soon as they change. */
export function SchoolHead({ school, onChange }: { readonly school: School; readonly onChange: (school: School) => void }) {
  const { api } = useApplication();
  const { t } = useWords();
  const [name, setName] = useState(school.name);
  const [problem, setProblem] = useState<Failure>();

  async function keep(change: { readonly logoFileId?: string | null }) {
    try {
      const answer = await api.call('school.set', { name, ...change });
      setProblem(answer.ok ? undefined : answer.error);
      if (answer.ok) onChange(answer.data);
    } catch (reason) {
      setProblem(toFailure(reason));
    }
  }

  async function chooseLogo() {
    try {
      const [file] = await api.chooseFiles();
      if (file !== undefined) await keep({ logoFileId: file.id });
    } catch (reason) {
      setProblem(toFailure(reason));
    }
  }

  return (
    <fieldset className="school-head">
      <legend className="field-label">{t('plans.school.title')}</legend>
      <TextField
        className="field"
        value={name}
        maxLength={120}
        onChange={setName}
        onBlur={() => {
          if (name.trim() !== school.name) void keep({});
        }}
      >
        <Label className="field-label">{t('plans.school.name')}</Label>
        <Input className="input" />
      </TextField>
      <div className="school-logo">
        {school.logo === null ? null : <img src={school.logo} alt={t('plans.school.logo')} />}
        <Button onPress={() => void chooseLogo()}>
          {t(school.logo === null ? 'plans.school.choose' : 'plans.school.change')}
        </Button>
        {school.logo === null ? null : (
          <Button kind="quiet" onPress={() => void keep({ logoFileId: null })}>
            {t('plans.school.remove')}
          </Button>
        )}
      </div>
      <p className="note">{t('plans.school.note')}</p>
      {problem === undefined ? null : <Problem failure={problem} />}
    </fieldset>
  );
}
