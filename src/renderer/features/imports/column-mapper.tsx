import type { ImportChoices } from '../../../shared/contract/imports.ts';
import { COLUMN_MEANINGS } from '../../../shared/contract/imports.ts';
import { Picker } from '../../components/picker.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { useImportSession } from './import-session.tsx';

export interface ColumnMapperProperties {
  readonly fileId: string;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

const NOTHING = 'nothing';

/** What each column of a table means, said column by column beside its first cells. What is said is kept for files that look alike. */
export function ColumnMapper({ fileId, header, sample }: ColumnMapperProperties) {
  const { t } = useWords();
  const session = useImportSession();
  const chosen: ImportChoices = session.choices[fileId] ?? {};
  const { mapping } = chosen;
  if (mapping === undefined) return null;
  const options = [
    { value: NOTHING, label: t('imports.ignored') },
    ...COLUMN_MEANINGS.map((meaning) => ({ value: meaning, label: t(`imports.mapTo.${meaning}`) })),
  ];
  return (
    <section className="mapper" aria-label={t('imports.mapper')}>
      <h4>{t('imports.mapper')}</h4>
      <p className="note">{t('imports.mapperNote')}</p>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('imports.mapper')}>
        <table className="table mapper-table">
          <thead>
            <tr>
              <th scope="col">{t('imports.mapperColumn')}</th>
              <th scope="col">{t('imports.mapperMeaning')}</th>
              <th scope="col">{t('imports.mapperCells')}</th>
            </tr>
          </thead>
          <tbody>
            {header.map((column, index) =>
              column === '' ? null : (
                <tr key={`${column} ${index}`}>
                  <th scope="row">{column}</th>
                  <td>
                    <Picker
                      label={t('imports.mapperMeaningOf', { column })}
                      hideLabel
                      value={mapping[column] || NOTHING}
                      options={options}
                      onChange={(value) =>
                        session.choose(fileId, {
                          ...chosen,
                          mapping: { ...mapping, [column]: COLUMN_MEANINGS.find((meaning) => meaning === value) ?? '' },
                        })
                      }
                    />
                  </td>
                  <td className="mapper-cells">
                    {sample
                      .map((row) => row[index] ?? '')
                      .filter((cell) => cell !== '')
                      .slice(0, 3)
                      .join(' · ')}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}
