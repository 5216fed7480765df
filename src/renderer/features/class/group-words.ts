import type { LessonGroup } from '../../../shared/contract/classroom.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import { shorten } from '../student/reason.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const groupLetter = (index: number): string => LETTERS[index] ?? String(index + 1);

/** What a group does: its skill and how it is worked on; with the name that the teacher gave it. */
export function groupTitle(group: LessonGroup, t: Translate): string {
  if (group.unplaced) return t('groups.unplaced');
  return group.name === '' ? groupTask(group, t) : t('groups.named', { name: group.name, task: groupTask(group, t) });
}

/** A group among others: its letter, and its name or its skill. */
export const groupLabel = (group: LessonGroup, index: number, t: Translate): string =>
  t('groups.label', { letter: groupLetter(index), what: group.name || (group.skillName ?? groupTask(group, t)) });

/** Whose path has moved on from what a teacher's group was made for; empty where nobody's has. */
export function movedOnWords({ kind, movedOn }: LessonGroup, t: Translate, format: Format): string {
  if (movedOn.length === 0) return '';
  const names = movedOn.map(({ name }) => name);
  return t(kind === 'find-out' ? 'groups.foundOut' : 'groups.movedOn', { list: shorten(names, t, format, 4) });
}

function groupTask({ kind, skillName, strategy }: LessonGroup, t: Translate): string {
  if (kind === 'find-out') return t('groups.findOut');
  if (kind === 'own' || strategy === null) return t('groups.own');
  return t('groups.step', { skill: skillName ?? '', strategy: t(`terms.strategy.${strategy}`) });
}

/** Why these students are a group. */
export function groupReason(group: LessonGroup, t: Translate, format: Format): string {
  if (group.unplaced) return t('groups.whyUnplaced');
  if (group.kind === 'find-out') return t('groups.whyFindOut');
  if (group.kind === 'own' || group.forecast === null) return t('groups.whyOwn');
  const forecast = { low: format.percent(group.forecast.low), high: format.percent(group.forecast.high) };
  const count = group.students.length;
  const why =
    group.first === count
      ? t('groups.whyAll', forecast)
      : group.movedOn.length > 0
        ? t('groups.whyMoved', { ...forecast, first: format.number(group.first), count })
        : group.first === 0
          ? t('groups.whyOnPath', forecast)
          : t('groups.why', { ...forecast, first: format.number(group.first), count });
  if (group.parts === 1) return why;
  const part = t('groups.part', { part: format.number(group.part), parts: format.number(group.parts) });
  return format.language === 'zh' ? `${why}${part}` : `${why} ${part}`;
}

/** What to do in the next lesson, in one sentence: the skill that most share, and the group that needs the most help with it. */
export function nextAction(groups: readonly LessonGroup[], total: number, t: Translate, format: Format): string {
  const shared = new Map<string, number>();
  for (const { skill, students } of groups) if (skill !== null) shared.set(skill, (shared.get(skill) ?? 0) + students.length);
  const [top] = [...shared].sort((a, b) => b[1] - a[1]);
  const unknown = groups.find(({ kind }) => kind === 'find-out')?.students.length ?? 0;
  if (top === undefined) return unknown > 0 ? t('groups.leadFindOut', { count: unknown }) : t('groups.leadOwn');
  const first = groups.findIndex(({ skill }) => skill === top[0]);
  const { skillName } = groups[first]!;
  return t('groups.lead', {
    skill: skillName ?? '',
    count: top[1],
    total: format.number(total),
    group: groupLetter(first),
  });
}
