import { useEffect, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { GlancedFile } from '../../../shared/contract/imports.ts';
import { useApplication } from '../../data/application-context.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Understood } from './file-preview.tsx';
import { SampleRows } from './sample-rows.tsx';
import { useImportSession } from './import-session.tsx';

/** Bytes; below it the whole preview is there as soon as a first look would be. */
const LONG = 4 * 1024 * 1024;

/** Whether some of the files are so long that their first rows are worth a look of their own. */
export const isLong = (files: readonly { readonly size: number }[]): boolean => files.some(({ size }) => size > LONG);

/** How far the preview is, 0 to 1, as the application tells it. */
function usePreviewProgress(): number {
  const { api } = useApplication();
  const [fraction, setFraction] = useState(0);
  useEffect(() => api.onEvent((event) => (event.type === 'preview' ? setFraction(event.fraction) : undefined)), [api]);
  return fraction;
}

function Glanced({ file }: { readonly file: GlancedFile }) {
  const { t } = useWords();
  return (
    <section className="preview-file" aria-label={file.file}>
      <header className="preview-header">
        <h3>{file.file}</h3>
      </header>
      <Understood file={file} />
      <p className="note">{t('importReview.rowsAbout', { count: file.rowsAbout })}</p>
      <SampleRows file={file} open />
    </section>
  );
}

/** What long files are, by their first rows, while all of their rows are read and compared. */
export function FirstLook() {
  const { t, format } = useWords();
  const { files, choices } = useImportSession();
  const state = useRoute('imports.glance', { fileIds: files.map(({ id }) => id), choices: { ...choices } });
  const fraction = usePreviewProgress();
  return (
    <>
      <ProgressBar value={100 * fraction} aria-label={t('importReview.counting')} className="progress">
        <div className="progress-words">
          <span className="progress-kind">{t('importReview.counting')}</span>
          <span className="progress-numbers">{format.percent(fraction)}</span>
        </div>
        <div className="progress-track">
          <div className="progress-fill" style={{ inlineSize: `${100 * fraction}%` }} />
        </div>
      </ProgressBar>
      {state.data?.files.map((file) => (
        <Glanced key={file.fileId} file={file} />
      ))}
    </>
  );
}
