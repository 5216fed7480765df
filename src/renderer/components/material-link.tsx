import type { Material } from '../../shared/material.ts';
import { useApplication } from '../data/application-context.tsx';
import { useWords } from '../i18n/use-words.ts';

/** A link opens where web pages do; a file is saved. */
export function MaterialLink({ material }: { readonly material: Material }) {
  const { api } = useApplication();
  const { t } = useWords();
  const { id, title, address, fileName } = material;
  if (address !== null)
    return (
      <a href={address} target="_blank" rel="noopener noreferrer">
        {title}
      </a>
    );
  return (
    <button
      type="button"
      className="skill-ask"
      aria-label={t('material.save', { title: fileName === title ? title : `${title} (${fileName ?? ''})` })}
      onClick={() =>
        void api.call('material.file', { materialId: id }).then((answer) => {
          if (answer.ok) void api.saveFile(answer.data.fileId);
        })
      }
    >
      {title}
    </button>
  );
}
