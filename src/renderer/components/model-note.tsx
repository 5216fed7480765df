import { useWords } from '../i18n/use-words.ts';
import { LinkButton } from './button.tsx';
import type { Diagnostics } from '../../shared/contract/model.ts';

/** Which model speaks, and how little it may rest on. */
export function ModelNote({ model }: { readonly model: Diagnostics['model'] }) {
  const { t, format } = useWords();
  const students = t('terms.pastStudents', { count: model.pastStudents });
  const text =
    model.kind === 'starter'
      ? t('modelNote.starter')
      : model.trainedAt === null
        ? t('modelNote.ownUndated', { students })
        : t('modelNote.own', { date: format.date(model.trainedAt), students });
  return (
    <p className="model-note">
      {text}{' '}
      <LinkButton kind="quiet" to={{ screen: 'model' }}>
        {t('modelNote.open')}
      </LinkButton>
    </p>
  );
}
