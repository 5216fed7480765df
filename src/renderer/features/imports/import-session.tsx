import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { FileHandle } from '../../../shared/contract/index.ts';

/** Files on their way in and the import they became; kept while the person looks at other screens. */
export interface ImportSession {
  readonly files: readonly FileHandle[];
  readonly jobId: string | undefined;
  readonly add: (files: readonly FileHandle[]) => void;
  readonly remove: (fileId: string) => void;
  readonly started: (jobId: string) => void;
  readonly clear: () => void;
}

const ImportSessionContext = createContext<ImportSession | undefined>(undefined);

export function ImportSessionProvider({ children }: { readonly children: ReactNode }) {
  const [files, setFiles] = useState<readonly FileHandle[]>([]);
  const [jobId, setJobId] = useState<string>();
  const add = useCallback((more: readonly FileHandle[]) => {
    setJobId(undefined);
    setFiles((now) => [...now, ...more]);
  }, []);
  const remove = useCallback((fileId: string) => setFiles((now) => now.filter(({ id }) => id !== fileId)), []);
  const started = useCallback((id: string) => setJobId(id), []);
  const clear = useCallback(() => {
    setFiles([]);
    setJobId(undefined);
  }, []);
  const session = useMemo(() => ({ files, jobId, add, remove, started, clear }), [files, jobId, add, remove, started, clear]);
  return <ImportSessionContext value={session}>{children}</ImportSessionContext>;
}

export function useImportSession(): ImportSession {
  const session = use(ImportSessionContext);
  if (session === undefined) throw new Error('A screen was rendered outside ImportSessionProvider.');
  return session;
}
