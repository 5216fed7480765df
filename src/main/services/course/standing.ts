import { SECURE } from '../../../learning/planning/conditions.ts';
import type { ClassOverview } from '../../../shared/contract/students.ts';
import type { Estimate, Prerequisite, Skill } from '../../../shared/domain.ts';

export interface SkillStanding extends Skill {
  /** P(right) of somebody of whom nothing is known: how hard the course's answers say the skill is. */
  readonly newcomer: Estimate;
  /** Mean forecast over the students; null where there are none. */
  readonly classMean: number | null;
  /** Students who do not have the skill for sure, and therefore no way to one that builds on it and that they do not have either. */
  readonly heldUp: number;
}

/** The plan's own rule: known for sure where the forecast, less one standard error, reaches `SECURE`. */
const isSecure = (value: number, standardError: number): boolean => value - standardError >= SECURE;

/** How hard each skill is, and whom it holds up. @param skills in the order of the students' columns */
export function skillStanding(
  skills: readonly Skill[],
  prerequisites: readonly Prerequisite[],
  students: ClassOverview['students'],
  newcomer: (skill: string) => Estimate,
): SkillStanding[] {
  const place = new Map(skills.map(({ id }, index) => [id, index]));
  const above = skills.map((): number[] => []);
  for (const { skill, prerequisite } of prerequisites) above[place.get(prerequisite) ?? -1]?.push(place.get(skill) ?? -1);
  const sums = skills.map(() => ({ forecast: 0, heldUp: 0 }));
  for (const { bySkill } of students) {
    const secure = bySkill.forecast.map((value, index) => isSecure(value, bySkill.forecastError[index]!));
    sums.forEach((sum, index) => {
      sum.forecast += bySkill.forecast[index]!;
      if (!secure[index] && above[index]!.some((next) => secure[next] === false)) sum.heldUp++;
    });
  }
  return skills.map(({ id, name }, index) => ({
    id,
    name,
    newcomer: newcomer(id),
    classMean: students.length === 0 ? null : sums[index]!.forecast / students.length,
    heldUp: sums[index]!.heldUp,
  }));
}
