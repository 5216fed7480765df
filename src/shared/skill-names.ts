/** Skill ids to the names that people use; an unknown id stands for itself. */
export type SkillNames = (skill: string) => string;

export function skillNames(skills: readonly { readonly id: string; readonly name: string }[]): SkillNames {
  const names = new Map(skills.map(({ id, name }) => [id, name]));
  return (skill) => names.get(skill) ?? skill;
}
