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
const isSecure = ({ value, standardError }: Estimate): boolean => value - standardError >= SECURE;

/** How hard each skill is, and whom it holds up. */
export function skillStanding(
  skills: readonly Skill[],
  prerequisites: readonly Prerequisite[],
  students: ClassOverview['students'],
  newcomer: (skill: string) => Estimate,
): SkillStanding[] {
  const above = new Map<string, string[]>();
  for (const { skill, prerequisite } of prerequisites) above.set(prerequisite, [...(above.get(prerequisite) ?? []), skill]);
  const sums = new Map(skills.map(({ id }) => [id, { forecast: 0, heldUp: 0 }]));
  for (const { cells } of students) {
    const secure = new Map(cells.map(({ skill, forecast }) => [skill, isSecure(forecast)]));
    for (const { skill, forecast } of cells) {
      const sum = sums.get(skill);
      if (!sum) continue;
      sum.forecast += forecast.value;
      if (!secure.get(skill) && (above.get(skill) ?? []).some((next) => secure.get(next) === false)) sum.heldUp++;
    }
  }
  return skills.map(({ id, name }) => ({
    id,
    name,
    newcomer: newcomer(id),
    classMean: students.length === 0 ? null : sums.get(id)!.forecast / students.length,
    heldUp: sums.get(id)!.heldUp,
  }));
}
