import { proposeGroups } from '../../../learning/class/groups.ts';
import type { Group, GroupedStudent, Grouping } from '../../../learning/class/groups.ts';
import { countElsewhere, followGroups, UNPLACED } from '../../../learning/class/kept-groups.ts';
import { planLesson } from '../../../learning/class/lesson.ts';
import type { LessonGroup as GroupOnScreen, LessonPlan } from '../../../shared/contract/classroom.ts';
import type { CourseMap } from '../../../shared/domain.ts';
import type { KeptGrouping } from '../../database/groups-store.ts';
import type { CourseItem } from '../course/ports.ts';
import type { Member } from '../profiles.ts';
import type { SkillMaterial } from '../teacher/ports.ts';
import { skillNames } from '../../../shared/skill-names.ts';

/** Titles that stand in a plan; the rest is a number. */
const TITLES = 4;

/** A class in its groups: a teacher's own where they keep some, else the proposal. */
export interface GroupedClass {
  readonly classId: string | null;
  readonly grouping: Grouping;
  /** What a teacher said last about the groups of this class, the proposal included. */
  readonly standing: { readonly id: string; readonly at: number; readonly kept: boolean } | null;
  /** Students for whom the proposal has another aim than the teacher's group. */
  readonly elsewhere: number;
  readonly names: ReadonlyMap<string, string>;
  /** Skills that somebody's first step rests on, and for how many. */
  readonly restsOn: ReadonlyMap<string, number>;
}

export async function groupClass(options: {
  readonly classId: string | null;
  readonly members: AsyncIterable<Member>;
  readonly size: number;
  readonly standing: KeptGrouping | undefined;
}): Promise<GroupedClass> {
  const { classId, size, standing } = options;
  const kept = standing?.groups ?? undefined;
  const aims = [...new Set(kept?.flatMap(({ skill }) => skill ?? []))];
  const students: GroupedStudent[] = [];
  const names = new Map<string, string>();
  const restsOn = new Map<string, number>();
  const forecasts = new Map<string, number>();
  for await (const { record, plan, student } of options.members) {
    names.set(record.id, record.name);
    students.push({ id: record.id, enough: !plan.notEnoughEvidence, steps: plan.steps });
    for (const { skill } of plan.steps[0]?.reason.prerequisites ?? []) restsOn.set(skill, (restsOn.get(skill) ?? 0) + 1);
    for (const skill of aims) forecasts.set(`${record.id}\u001f${skill}`, student.state.forecastSkill(skill).value);
    for (const { skill, forecast } of plan.steps) forecasts.set(`${record.id}\u001f${skill}`, forecast.value);
  }
  const proposal = proposeGroups(students, size);
  const shared = { classId, names, restsOn, standing: standing ? { id: standing.id, at: standing.at, kept: !!kept } : null };
  if (!kept) return { ...shared, grouping: proposal, elsewhere: 0 };
  const groups = followGroups(kept, students, (student, skill) => forecasts.get(`${student}\u001f${skill}`) ?? 0);
  return { ...shared, grouping: { groups, size }, elsewhere: countElsewhere(groups, proposal.groups) };
}

function shown(group: Group, names: ReadonlyMap<string, string>, skillName: (skill: string) => string): GroupOnScreen {
  const { id, name, skill, strategy, first, forecast, gain, part, parts, kind, movedOn } = group;
  const who = (students: readonly string[]) => students.map((student) => ({ id: student, name: names.get(student) ?? student }));
  return {
    id,
    name,
    kind,
    madeFor: group.madeFor ?? { kind, skill, strategy },
    skill,
    skillName: skill === null ? null : skillName(skill),
    strategy,
    ways: group.ways.map((way) => ({ strategy: way.strategy, students: who(way.students) })),
    students: who(group.students),
    movedOn: who(movedOn),
    unplaced: id === UNPLACED,
    first,
    forecast: forecast && { ...forecast },
    gain: gain && { ...gain },
    part,
    parts,
  };
}

export const shownGroups = ({ grouping, names }: GroupedClass, skillName: (skill: string) => string): GroupOnScreen[] =>
  grouping.groups.map((group) => shown(group, names, skillName));

/** What the teacher has for a group's skill, what is for its way of working first. */
function ownMaterial({ skill, strategy }: Group, all: ReadonlyMap<string, readonly SkillMaterial[]>) {
  const own = (skill === null ? undefined : all.get(skill)) ?? [];
  const rank = (each: SkillMaterial): number => (each.strategy === strategy ? 0 : each.strategy === null ? 1 : 2);
  return own
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ id, title, address, fileName, strategy: way }) => ({ id, title, address, fileName, strategy: way }));
}

/** The lesson of a class that is in its groups. @param items of the gradebook, and the teacher's own material by skill */
export function lessonOf(
  grouped: GroupedClass,
  minutes: number,
  { skills, prerequisites }: CourseMap,
  items: readonly CourseItem[],
  material: ReadonlyMap<string, readonly SkillMaterial[]>,
): LessonPlan {
  const nameOf = skillNames(skills);
  // A group that nobody is in yet takes no time.
  const lesson = planLesson(
    grouped.grouping.groups.filter(({ students }) => students.length > 0),
    minutes,
  );
  const [opens] = [...grouped.restsOn].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    classId: grouped.classId,
    minutes,
    total: grouped.names.size,
    size: grouped.grouping.size,
    kept: grouped.standing?.kept ?? false,
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
        own: ownMaterial(group, material),
      };
    }),
  };
}
