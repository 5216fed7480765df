import type { ImportChoices, PreviewedFile } from '../../../shared/contract/imports.ts';
import { FILE_FORMATS } from '../../../shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { Picker } from '../../components/picker.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { useImportSession } from './import-session.tsx';

/** What people may choose where the guess is wrong. */
const ENCODINGS = [
  'UTF-8',
  'UTF-16LE',
  'UTF-16BE',
  'windows-1252',
  'macintosh',
  'GB18030',
  'Big5',
  'Shift_JIS',
  'EUC-KR',
  'windows-1250',
  'windows-1251',
] as const;
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const;
const FOUND = 'found';

/** Everything that was found about a file, to be said otherwise; the preview follows at once. */
export function CorrectDetection({ file }: { readonly file: PreviewedFile }) {
  const { t } = useWords();
  const session = useImportSession();
  const chosen: ImportChoices = session.choices[file.fileId] ?? {};
  const say = (more: ImportChoices) => session.choose(file.fileId, { ...chosen, ...more });
  const found = { value: FOUND, label: t('imports.asFound') };
  const headerLine = file.outcome === 'recognised' ? file.headerLine : (file.table?.headerLine ?? 0);
  const isTable = headerLine > 0;
  // A table that nobody recognised can only come in by what is said here.
  const isUnknown = file.outcome === 'refused' && isTable;
  const lines = Array.from({ length: 12 }, (_, index) => String(index + 1));
  return (
    <details className="correct" open={isUnknown}>
      <summary>{t('imports.correct')}</summary>
      <div className="correct-fields">
        <Picker
          label={t('imports.kind')}
          value={chosen.format ?? FOUND}
          options={[
            found,
            ...FILE_FORMATS.filter((format) => format !== 'mapped').map((format) => ({
              value: format,
              label: t(`imports.format.${format}`),
            })),
          ]}
          onChange={(value) => say({ format: FILE_FORMATS.find((format) => format === value), mapping: undefined })}
        />
        <Picker
          label={t('imports.encoding')}
          value={chosen.encoding ?? FOUND}
          options={[found, ...ENCODINGS.map((encoding) => ({ value: encoding, label: encoding }))]}
          onChange={(value) => say({ encoding: value === FOUND ? undefined : value })}
        />
        <Picker
          label={t('imports.delimiterLabel')}
          value={chosen.delimiter ?? FOUND}
          options={[
            found,
            { value: DELIMITERS.comma, label: t('imports.delimiters.comma') },
            { value: DELIMITERS.semicolon, label: t('imports.delimiters.semicolon') },
            { value: DELIMITERS.tab, label: t('imports.delimiters.tab') },
            { value: DELIMITERS.bar, label: t('imports.delimiters.bar') },
          ]}
          onChange={(value) => say({ delimiter: Object.values(DELIMITERS).find((delimiter) => delimiter === value) })}
        />
        <Picker
          label={t('imports.decimalLabel')}
          value={chosen.decimal ?? FOUND}
          options={[
            found,
            { value: '.', label: t('imports.decimals.point') },
            { value: ',', label: t('imports.decimals.comma') },
          ]}
          onChange={(value) => say({ decimal: value === '.' || value === ',' ? value : undefined })}
        />
        <Picker
          label={t('imports.headerLine')}
          value={chosen.headerLine === undefined ? FOUND : String(chosen.headerLine)}
          options={[found, ...lines.map((line) => ({ value: line, label: t('imports.lineNumber', { line }) }))]}
          onChange={(value) => say({ headerLine: value === FOUND ? undefined : Number(value) })}
        />
      </div>
      <div className="action-row">
        {isTable && chosen.mapping === undefined ? (
          <Button onPress={() => say({ mapping: firstMapping(file), format: undefined })}>{t('imports.mapColumns')}</Button>
        ) : null}
        {Object.keys(chosen).length === 0 ? null : (
          <Button kind="quiet" icon="undo" onPress={() => session.choose(file.fileId, undefined)}>
            {t('imports.backToFound')}
          </Button>
        )}
      </div>
    </details>
  );
}

/** What the columns are taken for now, as far as the column mapper has a word for it. */
function firstMapping(file: PreviewedFile): NonNullable<ImportChoices['mapping']> {
  const header = file.outcome === 'recognised' ? file.header : (file.table?.header ?? []);
  const meanings = new Map(file.outcome === 'recognised' ? file.columns.map(({ column, meaning }) => [column, meaning]) : []);
  const same: Readonly<
    Record<string, ImportChoices['mapping'] extends Record<string, infer Meaning> | undefined ? Meaning : never>
  > = {
    student: 'student',
    name: 'name',
    given_name: 'given_name',
    family_name: 'family_name',
    email: 'email',
    login: 'login',
    class: 'class',
    grade: 'grade',
    question: 'question',
    item: 'question',
    skill: 'skill',
    correct: 'correct',
    timestamp: 'timestamp',
    mark: 'mark',
    points: 'points',
    possible: 'possible',
    assignment: 'assignment',
  };
  return Object.fromEntries(
    header.filter((column) => column !== '').map((column) => [column, same[meanings.get(column) ?? ''] ?? '']),
  );
}
