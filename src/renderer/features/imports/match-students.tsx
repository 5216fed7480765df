import type { ImportChoices, PreviewedFile } from '../../../shared/contract/imports.ts';
import { Picker } from '../../components/picker.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useImportSession } from './import-session.tsx';

type Recognised = Extract<PreviewedFile, { outcome: 'recognised' }>;

const NEW = '+new';
const MOST = 2000;

/** Students of whom only a name or nickname is known: who of the gradebook's they are. What is said is remembered. */
export function MatchStudents({ file }: { readonly file: Recognised }) {
  const { t } = useWords();
  const session = useImportSession();
  const students = useRoute('students.find', { text: '', limit: MOST });
  const chosen: ImportChoices = session.choices[file.fileId] ?? {};
  const decided = Object.keys(chosen.matches ?? {}).map((key) => ({ key, name: key.slice(key.indexOf(':') + 1) }));
  const all = [...decided, ...file.unmatched.filter(({ key }) => chosen.matches?.[key] === undefined)];
  const known = students.data?.students ?? [];
  if (all.length === 0 || known.length === 0) return null;
  const alike = new Map<string, number>();
  for (const { name, className } of known) {
    const key = `${name}\n${className}`;
    alike.set(key, (alike.get(key) ?? 0) + 1);
  }
  const options = [
    { value: NEW, label: t('imports.newStudent') },
    ...known.map(({ id, name, className }) => {
      const note = [className ?? '', alike.get(`${name}\n${className}`)! > 1 ? id : ''].filter((part) => part !== '').join(', ');
      return { value: id, label: name, ...(note === '' ? {} : { note }) };
    }),
  ];
  return (
    <details className="match" open>
      <summary>{t('imports.matchStudents', { count: all.length })}</summary>
      <p className="note">{t('imports.matchNote')}</p>
      <ul className="match-list">
        {all.slice(0, MOST).map(({ key, name }) => (
          <li key={key}>
            <span className="match-name">{name}</span>
            <Picker
              label={t('imports.matchOf', { name })}
              hideLabel
              value={chosen.matches?.[key] ?? NEW}
              options={options}
              onChange={(value) => {
                const { [key]: _old, ...others } = chosen.matches ?? {};
                session.choose(file.fileId, { ...chosen, matches: value === NEW ? others : { ...others, [key]: value } });
              }}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
