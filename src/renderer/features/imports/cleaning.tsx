import { Checkbox } from 'react-aria-components';
import type { CleaningExample, Cleaned } from '../../../shared/contract/import-cleaning.ts';
import type { ImportChoices, PreviewedFile } from '../../../shared/contract/imports.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Icon } from '../../components/icon.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { Words } from '../../i18n/use-words.ts';
import { useImportSession } from './import-session.tsx';

type Recognised = Extract<PreviewedFile, { outcome: 'recognised' }>;

/** What was found, in a few words: "3 answers that stand twice". Empty where nothing was. */
function foundWords({ step, count }: Pick<Cleaned, 'step' | 'count'>, t: Words['t']): string {
  return count === 0 ? '' : t(`importReview.found.${step}`, { count });
}

function exampleValue(value: string | number, kind: CleaningExample['kind'], { t, format }: Pick<Words, 't' | 'format'>): string {
  if (typeof value === 'string') return value;
  if (kind === 'moment') return format.exactTime(value);
  if (kind === 'text') return String(value);
  return t('importReview.seconds', { seconds: format.number(value / 1000, value % 1000 === 0 ? 0 : 2) });
}

/** What cleaning found in a file, each step to be switched on or off; the preview follows. */
export function Cleaning({ file }: { readonly file: Recognised }) {
  const words = useWords();
  const { t, code } = words;
  const session = useImportSession();
  const chosen: ImportChoices = session.choices[file.fileId] ?? {};
  const found = file.cleaning.filter(({ count }) => count > 0);
  if (found.length === 0) return null;
  return (
    <details className="cleaning" open>
      <summary>{t('importReview.cleaning')}</summary>
      <p className="note">{t('importReview.cleaningNote')}</p>
      <ul className="cleaning-steps">
        {found.map((step) => (
          <li key={step.step}>
            <Checkbox
              className="check"
              isSelected={step.on}
              onChange={(on) => session.choose(file.fileId, { ...chosen, clean: { ...chosen.clean, [step.step]: on } })}
            >
              {({ isSelected }) => (
                <>
                  <span className="check-box" aria-hidden="true">
                    {isSelected ? <Icon name="check" size={14} /> : null}
                  </span>
                  <span>
                    <strong>{t(`importReview.clean.${step.step}`)}</strong>
                    <span className="note cleaning-found">{foundWords(step, t)}</span>
                  </span>
                </>
              )}
            </Checkbox>
            <details className="cleaning-examples">
              <summary>{t('importReview.examples')}</summary>
              <DataTable
                label={`${t(`importReview.clean.${step.step}`)}: ${t('importReview.examples')}`}
                rows={step.examples}
                rowKey={(_row, index) => index}
                columns={[
                  { title: t('imports.file'), cell: (each) => each.file },
                  {
                    title: t('importReview.line'),
                    cell: ({ line }) => (line === null ? t('app.dash') : words.format.number(line)),
                    numeric: true,
                  },
                  { title: t('importReview.about'), cell: ({ about }) => code('imports.meaning', about, {}, about) },
                  { title: t('importReview.fileSays'), cell: ({ value, kind }) => exampleValue(value, kind, words) },
                  {
                    title: step.on ? t('importReview.becomes') : t('importReview.wouldBecome'),
                    cell: ({ becomes, kind }) =>
                      step.step === 'order'
                        ? t('importReview.moved')
                        : becomes === null
                          ? t('importReview.leftOut')
                          : exampleValue(becomes, kind, words),
                  },
                ]}
              />
            </details>
          </li>
        ))}
      </ul>
    </details>
  );
}
