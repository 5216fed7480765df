import { useState } from 'react';
import type { ReactNode } from 'react';
import { DropZone } from 'react-aria-components';
import type { DropZoneProps } from 'react-aria-components';
import type { Failure, FileHandle } from '../../shared/contract/index.ts';
import { useApplication } from '../data/application-context.tsx';
import { toFailure } from '../data/use-action.ts';
import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';
import { Problem } from './states.tsx';

type DropEvent = Parameters<NonNullable<DropZoneProps['onDrop']>>[0];

export interface FileDropProperties {
  readonly label: string;
  readonly onFiles: (files: readonly FileHandle[]) => void;
  readonly primary?: boolean;
  /** Words and button beside each other; small: one line, where something else comes first. */
  readonly shape?: 'box' | 'wide' | 'small';
  readonly children: ReactNode;
}

/** A place to drop files on, with a button that opens the system's dialog. */
export function FileDrop({ label, onFiles, primary = true, shape = 'box', children }: FileDropProperties) {
  const { api } = useApplication();
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Failure>();

  async function take(files: Promise<readonly FileHandle[]>) {
    setBusy(true);
    setProblem(undefined);
    try {
      const handles = await files;
      if (handles.length > 0) onFiles(handles);
    } catch (reason) {
      setProblem(toFailure(reason));
    } finally {
      setBusy(false);
    }
  }

  async function dropped(event: DropEvent): Promise<readonly FileHandle[]> {
    const files = await Promise.all(event.items.filter((item) => item.kind === 'file').map((item) => item.getFile()));
    return files.length === 0 ? [] : api.addFiles(files);
  }

  return (
    <>
      <DropZone className={`drop drop-${shape}`} aria-label={label} onDrop={(event) => void take(dropped(event))}>
        {children}
        <Button kind={primary ? 'primary' : 'plain'} isPending={busy} onPress={() => void take(api.chooseFiles())}>
          {busy ? t('imports.adding') : t('imports.choose')}
        </Button>
      </DropZone>
      {problem === undefined ? null : <Problem failure={problem} />}
    </>
  );
}
