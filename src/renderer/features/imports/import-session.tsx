import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { FileHandle } from '../../../shared/contract/index.ts';
import type { ImportChoices } from '../../../shared/contract/imports.ts';
import { useKept } from '../../data/use-kept.ts';

/** Files on their way in and the import they became; kept while the person looks at other screens. */
export interface ImportSession {
  readonly files: readonly FileHandle[];
  /** What the person said about a file, by its id. */
  readonly choices: Readonly<Record<string, ImportChoices>>;
  readonly jobId: string | undefined;
  readonly add: (files: readonly FileHandle[]) => void;
  readonly remove: (fileId: string) => void;
  /** Undefined: what the program finds. */
  readonly choose: (fileId: string, choices: ImportChoices | undefined) => void;
  readonly started: (jobId: string) => void;
  readonly clear: () => void;
}

const ImportSessionContext = createContext<ImportSession | undefined>(undefined);

type Chosen = Pick<ImportSession, 'files' | 'choices'>;
const NOTHING_CHOSEN: Chosen = { files: [], choices: {} };
const isChosen = (value: unknown): value is Chosen => {
  const { files, choices } = (value ?? {}) as Partial<Record<keyof Chosen, unknown>>;
  return (
    Array.isArray(files) &&
    files.every(({ id }: FileHandle) => typeof id === 'string') &&
    typeof choices === 'object' &&
    choices !== null
  );
};

export function ImportSessionProvider({ children }: { readonly children: ReactNode }) {
  const [kept, setKept] = useKept<Chosen>('imports.chosen', NOTHING_CHOSEN, isChosen);
  const [files, setFiles] = useState(kept.files);
  const [choices, setChoices] = useState(kept.choices);
  const [jobId, setJobId] = useState<string>();
  // What is on its way already is no longer to be chosen.
  useEffect(() => setKept(jobId === undefined ? { files, choices } : NOTHING_CHOSEN), [setKept, files, choices, jobId]);
  const add = useCallback((more: readonly FileHandle[]) => {
    setJobId(undefined);
    setFiles((now) => [...now, ...more]);
  }, []);
  const remove = useCallback((fileId: string) => setFiles((now) => now.filter(({ id }) => id !== fileId)), []);
  const choose = useCallback((fileId: string, chosen: ImportChoices | undefined) => {
    setChoices(({ [fileId]: _old, ...others }) => (chosen === undefined ? others : { ...others, [fileId]: chosen }));
  }, []);
  const started = useCallback((id: string) => setJobId(id), []);
  const clear = useCallback(() => {
    setFiles([]);
    setChoices({});
    setJobId(undefined);
  }, []);
  const session = useMemo(
    () => ({ files, choices, jobId, add, remove, choose, started, clear }),
    [files, choices, jobId, add, remove, choose, started, clear],
  );
  return <ImportSessionContext value={session}>{children}</ImportSessionContext>;
}

export function useImportSession(): ImportSession {
  const session = use(ImportSessionContext);
  if (session === undefined) throw new Error('A screen was rendered outside ImportSessionProvider.');
  return session;
}
