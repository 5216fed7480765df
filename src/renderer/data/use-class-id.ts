import { usePreferences } from '../preferences/preferences.tsx';
import { useRoute } from './use-route.ts';

/** The chosen class, or null (everyone) where none is chosen or the chosen one is gone. */
export function useClassId(): string | null {
  const { classId } = usePreferences().preferences;
  const { data } = useRoute('classes.list', {});
  if (classId === null || data === undefined) return classId;
  return data.classes.some(({ id }) => id === classId) ? classId : null;
}
