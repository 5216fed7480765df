import type { CourseEdit } from '../../../shared/contract/course.ts';
import type { Words } from '../../i18n/use-words.ts';

/** What a change of the course did, in one sentence. */
export function editWords(
  { kind, detail }: Pick<CourseEdit, 'kind' | 'detail'>,
  { code, format }: Pick<Words, 'code' | 'format'>,
): string {
  const count = Number(detail['count'] ?? 1);
  const many = count > 1 && kind !== 'rule' && kind !== 'suggestions';
  const filled = {
    ...detail,
    more: format.number(count - 1),
    ...(typeof detail['weight'] === 'number'
      ? { weight: format.number(detail['weight'], detail['weight'] % 1 === 0 ? 0 : 2) }
      : {}),
  };
  return code('courseEdit', many ? `${kind}Many` : kind, filled, code('courseEdit', kind, filled, kind));
}
