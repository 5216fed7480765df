import { SAMPLE_TOPICS, templatesOf } from '../../../learning/exercises/catalogue.ts';
import { practiceSheet } from '../../../learning/exercises/sheet.ts';
import type { PracticeSheet } from '../../../learning/exercises/sheet.ts';
import type { Template } from '../../../learning/exercises/template.ts';
import { plainTitle } from '../../../learning/titles/rule.ts';
import type { Plan, Skill } from '../../../shared/domain.ts';
import { readStarterMap } from '../course/starter-map.ts';

/** Practice made from templates, for skills that are called as in the sample course or the starter map. */
export interface Practice {
  /** Those of these skills that have templates. */
  covered(skills: readonly Skill[]): string[];
  /** One for each step of the plan; undefined where its skill has no templates. @param day when the plan was made, days since 1970 */
  sheets(plan: Plan, skillName: (skill: string) => string, day: number): (PracticeSheet | undefined)[];
}

/** @param resources folder of the starter map, which is read when names are first asked for */
export function createPractice(resources: string): Practice {
  let topics: ReadonlyMap<string, string> | undefined;
  const readTopics = (): ReadonlyMap<string, string> => {
    const { skills } = readStarterMap(resources);
    return new Map(
      // What is found later goes before: a skill's own name before another name for it, the sample course's before both.
      [
        ...skills.flatMap(({ id, also }) => also.map((name) => [name, id] as const)),
        ...skills.flatMap(({ id, en, zh }) => [[en, id] as const, [zh, id] as const]),
        ...Object.entries(SAMPLE_TOPICS),
      ].map(([name, id]) => [plainTitle(name), id]),
    );
  };
  const templatesFor = (name: string): readonly Template[] => templatesOf((topics ??= readTopics()).get(plainTitle(name)) ?? '');
  return {
    covered: (skills) => skills.filter(({ name }) => templatesFor(name).length > 0).map(({ id }) => id),
    sheets: (plan, skillName, day) => {
      const practised = (skill: string) => ({ skill, templates: templatesFor(skillName(skill)) });
      return plan.steps.map(({ skill, strategy, reason }) =>
        practiceSheet({
          student: plan.student,
          own: practised(skill),
          // What it builds on, then what else is on the path.
          mixed: [...new Set([...reason.prerequisites.map((each) => each.skill), ...plan.steps.map((step) => step.skill)])].map(
            practised,
          ),
          strategy,
          day,
        }),
      );
    },
  };
}
