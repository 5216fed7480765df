import { usePreferences } from '../preferences/preferences.tsx';
import { useRoute } from './use-route.ts';

/** What to ask `classes.overview` for: the chosen class, everyone (null), or nothing, which means the current class. */
export function useClassChoice(): { readonly classId?: string | null } {
  const { classId } = usePreferences().preferences;
  const { data } = useRoute('classes.list', {});
  const gone = typeof classId === 'string' && data !== undefined && !data.classes.some(({ id }) => id === classId);
  return classId === undefined || gone ? {} : { classId };
}
