import { useEffect, useRef } from 'react';
import { useRoute } from '../../data/use-route.ts';
import type { RouteState } from '../../data/use-route.ts';
import { useImportSession } from './import-session.tsx';

/** The preview of the chosen files as they are understood now; the last one stays on screen while a correction is worked out. */
export function usePreview(): RouteState<'imports.preview'> {
  const { files, choices } = useImportSession();
  const state = useRoute('imports.preview', { fileIds: files.map(({ id }) => id), choices: { ...choices } });
  const last = useRef(state.data);
  useEffect(() => {
    if (state.data !== undefined) last.current = state.data;
  }, [state.data]);
  if (state.data !== undefined || last.current === undefined) return state;
  const ids = new Set(files.map(({ id }) => id));
  return { ...state, data: { files: last.current.files.filter(({ fileId }) => ids.has(fileId)) }, stale: state.loading };
}
