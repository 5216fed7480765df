import { useState } from 'react';
import { Button as AriaButton, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { Loaded } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

const SHOWN = 12;

/** A plan that was handed out, by the number on its sheet or the student's name; Enter takes the first that is found. */
export function PlanFinder({ onChoose }: { readonly onChoose: (number: number) => void }) {
  const { t, format } = useWords();
  const [text, setText] = useState('');
  const found = useRoute('results.find', { text, limit: SHOWN });
  const search = useAction('results.find');
  // Asked anew: who types fast presses Enter before the list has followed.
  async function openFirst() {
    const answer = await search.run({ text, limit: 1 });
    const [first] = answer?.plans ?? [];
    if (first !== undefined) onChoose(first.number);
  }
  return (
    <>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void openFirst();
        }}
      >
        <TextField className="field" value={text} onChange={setText} maxLength={200} autoFocus>
          <Label className="field-label">{t('results.find')}</Label>
          <Input className="input" />
          <Text slot="description" className="note">
            {t('results.findNote')}
          </Text>
        </TextField>
      </Form>
      <Loaded state={found}>
        {({ plans }) =>
          plans.length === 0 ? (
            <p className="note">{t(text.trim() === '' ? 'results.none' : 'results.nothing')}</p>
          ) : (
            <ul className="results-found" aria-label={t('results.list')}>
              {plans.map(({ number, name, at, returned, steps }) => (
                <li key={number}>
                  <AriaButton className="results-plan" onPress={() => onChoose(number)}>
                    <span className="results-number">{t('results.plan', { number })}</span>
                    <span className="results-skill">
                      {name}
                      <span className="note">
                        {t('results.handedOut', { date: format.date(at) })} · {t('results.returned', { returned, steps })}
                      </span>
                    </span>
                  </AriaButton>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
