import type { LessonActivity, LessonPlan, LessonSheet } from '../../../shared/contract/classroom.ts';
import type { ClassOverview } from '../../../shared/contract/students.ts';
import type { Format } from '../../i18n/format.ts';
import { LANGUAGE_TAGS } from '../../i18n/language.ts';
import type { Translate } from '../../i18n/words.ts';
import { groupLetter, groupReason, groupTitle } from '../class/group-words.ts';

/** Minutes 5 to 17 of a lesson. */
export const spanWords = ({ from, minutes }: { readonly from: number; readonly minutes: number }, t: Translate, format: Format) =>
  t('lesson.span', { from: format.number(from), to: format.number(from + minutes) });

/** What is done in one part of a lesson. */
export function activityWords({ kind, questions }: LessonActivity, plan: LessonPlan, t: Translate): string {
  switch (kind) {
    case 'opening':
      return plan.openingSkill === null
        ? t('lesson.openingPlain')
        : t('lesson.opening', { skill: plan.openingSkill.name, count: plan.openingSkill.students });
    case 'closing':
    case 'example':
    case 'faded':
    case 'own':
      return t(`lesson.${kind}`);
    default:
      return t(`lesson.${kind}`, { count: questions });
  }
}

export interface LessonRow {
  readonly when: string;
  readonly what: string;
}

/** A group's part of the lesson in the order of time, with the teacher's visit. */
export function groupRows(
  group: LessonPlan['groups'][number],
  plan: LessonPlan,
  t: Translate,
  format: Format,
): readonly LessonRow[] {
  const rows = group.activities.map((each) => ({
    from: each.from,
    when: spanWords(each, t, format),
    what: activityWords(each, plan, t),
  }));
  const visit =
    group.teacher.minutes > 0
      ? { from: group.teacher.from, when: spanWords(group.teacher, t, format), what: t('lesson.teacher') }
      : { from: plan.minutes, when: t('app.dash'), what: t('lesson.alone') };
  return [...rows, visit].toSorted((a, b) => a.from - b.from).map(({ when, what }) => ({ when, what }));
}

/** What the gradebook holds to work with, and what the skill builds on. */
export function materialWords(
  { kind, material, prerequisites }: LessonPlan['groups'][number],
  t: Translate,
  format: Format,
): string {
  if (kind !== 'step') return '';
  const more = material.count > material.titles.length ? ' …' : '';
  const parts = [
    material.count === 0
      ? t('lesson.noQuestions')
      : t('lesson.questions', { count: material.count, list: `${material.titles.join(', ')}${more}` }),
    ...(prerequisites.length === 0 ? [] : [t('lesson.restsOn', { list: format.list(prerequisites) })]),
  ];
  return parts.join(format.language === 'zh' ? '；' : ' · ');
}

/** Who works how, where that is not the same for all. */
export const wayWords = ({ ways }: LessonPlan['groups'][number], t: Translate, format: Format): string[] =>
  ways.length < 2
    ? []
    : ways.map(({ strategy, students }) =>
        t('lesson.way', { strategy: t(`terms.strategy.${strategy}`), list: format.list(students.map(({ name }) => name)) }),
      );

/** What a piece of the teacher's material is called; with the way of working that it is for, where that is not the group's. */
export const ownWords = (
  { title, strategy }: LessonPlan['groups'][number]['own'][number],
  group: LessonPlan['groups'][number],
  t: Translate,
): string =>
  strategy === null || strategy === group.strategy
    ? title
    : t('lesson.forWay', { title, strategy: t(`terms.strategy.${strategy}`) });

/** The lesson, or one group's part of it, as it is printed and saved. @param only place of that group */
export function lessonSheetOf(options: {
  readonly plan: LessonPlan;
  readonly className: string;
  readonly model: ClassOverview['model'];
  readonly now: number;
  readonly only?: number | undefined;
  readonly t: Translate;
  readonly format: Format;
}): LessonSheet {
  const { plan, className, model, now, only, t, format } = options;
  const minutes = format.minutes(plan.minutes);
  const together = ({ kind, ...span }: LessonActivity): LessonSheet['blocks'][number] => ({
    heading: t('lesson.together'),
    who: '',
    why: '',
    rows: [{ when: spanWords(span, t, format), what: activityWords({ kind, ...span }, plan, t) }],
    ways: [],
    material: '',
    own: [],
  });
  const groups = plan.groups.map((group, index) => ({
    heading: t('lesson.groupTitle', { letter: groupLetter(index), what: groupTitle(group, t) }),
    who: group.students.map(({ name }) => name).join(format.language === 'zh' ? '、' : ', '),
    why: groupReason(group, t, format),
    rows: [...groupRows(group, plan, t, format)],
    ways: wayWords(group, t, format),
    own: group.own.map((each) => ({
      text:
        each.fileName === null || each.fileName === each.title
          ? ownWords(each, group, t)
          : `${ownWords(each, group, t)} (${each.fileName})`,
      address: each.address,
    })),
    material: materialWords(group, t, format),
  }));
  return {
    language: LANGUAGE_TAGS[format.language],
    title: t('lesson.title'),
    subtitle: t('lesson.subtitle', { class: className, date: format.date(now), minutes }),
    lead: t('lesson.lead', { count: plan.groups.length, minutes }),
    blocks:
      only === undefined
        ? [together(plan.opening), ...groups, together(plan.closing)]
        : groups.filter((_, index) => index === only),
    labels: {
      who: t('lesson.who'),
      why: t('lesson.why'),
      when: t('lesson.when'),
      what: t('lesson.what'),
      ways: t('lesson.ways'),
      material: t('lesson.material'),
      own: t('lesson.yourMaterial'),
      group: t('lesson.group'),
      notes: t('lesson.notes'),
    },
    stamp: [
      model.trainedAt === null
        ? t('plans.sheet.starterModel')
        : t('plans.sheet.ownModel', {
            date: format.date(model.trainedAt),
            students: t('terms.students', { count: model.pastStudents }),
          }),
      'Pathlight',
    ].join(' · '),
  };
}
