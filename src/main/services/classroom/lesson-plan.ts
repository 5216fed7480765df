import { proposeGroups } from '../../../learning/class/groups.ts';
import type { Group, GroupedStudent, Grouping } from '../../../learning/class/groups.ts';
import { planLesson } from '../../../learning/class/lesson.ts';
import type { LessonGroup as GroupOnScreen, LessonPlan } from '../../../shared/contract/classroom.ts';
import type { CourseMap } from '../../../shared/domain.ts';
import type { CourseItem } from '../course/ports.ts';
import type { Member } from '../profiles.ts';

/** Titles that stand in a plan; the rest is a number. */
const TITLES = 4;

/** A class in its groups. */
export interface GroupedClass {
  readonly classId: string | null;
  readonly grouping: Grouping;
  readonly names: ReadonlyMap<string, string>;
  /** Skills that somebody's first step rests on, and for how many. */
  readonly restsOn: ReadonlyMap<string, number>;
}

export async function groupClass(classId: string | null, members: AsyncIterable<Member>, size: number): Promise<GroupedClass> {
  const students: GroupedStudent[] = [];
  const names = new Map<string, string>();
  const restsOn = new Map<string, number>();
  for await (const { record, plan } of members) {
    names.set(record.id, record.name);
    students.push({ id: record.id, enough: !plan.notEnoughEvidence, steps: plan.steps });
    for (const { skill } of plan.steps[0]?.reason.prerequisites ?? []) restsOn.set(skill, (restsOn.get(skill) ?? 0) + 1);
  }
  return { classId, grouping: proposeGroups(students, size), names, restsOn };
}

function shown(group: Group, names: ReadonlyMap<string, string>, skillName: (skill: string) => string): GroupOnScreen {
  const { skill, strategy, first, forecast, gain, part, parts, kind } = group;
  return {
    kind,
    skill,
    skillName: skill === null ? null : skillName(skill),
    strategy,
    students: group.students.map((id) => ({ id, name: names.get(id) ?? id })),
    first,
    forecast: forecast && { ...forecast },
    gain: gain && { ...gain },
    part,
    parts,
  };
}

export const shownGroups = ({ grouping, names }: GroupedClass, skillName: (skill: string) => string): GroupOnScreen[] =>
  grouping.groups.map((group) => shown(group, names, skillName));

/** The lesson of a class that is in its groups. @param items of the gradebook, which are the material that it knows of */
export function lessonOf(
  grouped: GroupedClass,
  minutes: number,
  { skills, prerequisites }: CourseMap,
  items: readonly CourseItem[],
): LessonPlan {
  const names = new Map(skills.map(({ id, name }) => [id, name]));
  const nameOf = (skill: string): string => names.get(skill) ?? skill;
  const lesson = planLesson(grouped.grouping.groups, minutes);
  const [opens] = [...grouped.restsOn].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    classId: grouped.classId,
    minutes,
    total: grouped.names.size,
    size: grouped.grouping.size,
    opening: { ...lesson.opening },
    openingSkill: opens === undefined ? null : { id: opens[0], name: nameOf(opens[0]), students: opens[1] },
    closing: { ...lesson.closing },
    groups: lesson.groups.map(({ group, activities, teacher }) => {
      const asks = items.filter(({ voided, skills: asked }) => !voided && group.skill !== null && asked.includes(group.skill));
      return {
        ...shown(group, grouped.names, nameOf),
        activities: activities.map((each) => ({ ...each })),
        teacher: { ...teacher },
        prerequisites: prerequisites.filter(({ skill }) => skill === group.skill).map((pair) => nameOf(pair.prerequisite)),
        material: { count: asks.length, titles: asks.slice(0, TITLES).map(({ title }) => title) },
      };
    }),
  };
}
