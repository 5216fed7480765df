import type { StudentView } from '../../../shared/contract/students.ts';

type Cell = StudentView['cells'][number];

export interface SkillChange {
  readonly skill: string;
  readonly before: Cell['forecast'];
  readonly after: Cell['forecast'];
  readonly enough: boolean;
}

/** Forecasts that moved by a percentage point as shown (rounded), those that moved most first. */
export function skillChanges(before: readonly Cell[], after: readonly Cell[]): readonly SkillChange[] {
  const old = new Map(before.map((cell) => [cell.skill, cell]));
  return after
    .flatMap((cell) => {
      const was = old.get(cell.skill);
      return was === undefined ? [] : [{ skill: cell.skill, before: was.forecast, after: cell.forecast, enough: cell.enough }];
    })
    .filter((change) => Math.round(100 * change.after.value) !== Math.round(100 * change.before.value))
    .toSorted((a, b) => Math.abs(b.after.value - b.before.value) - Math.abs(a.after.value - a.before.value));
}

export interface StepChange {
  readonly skill: string;
  /** Place on the new path, counted from 1; undefined where the step has left it. */
  readonly place: number | undefined;
  readonly before: number | undefined;
  readonly kind: 'stays' | 'new' | 'gone' | 'up' | 'down';
}

/** How the path changed: the new path in its order, then the steps that have left it. A skill counts once, at its first place. */
export function pathChanges(
  before: readonly { readonly skill: string }[],
  after: readonly { readonly skill: string }[],
): readonly StepChange[] {
  const places = (steps: readonly { readonly skill: string }[]) => {
    const found = new Map<string, number>();
    steps.forEach(({ skill }, index) => {
      if (!found.has(skill)) found.set(skill, index + 1);
    });
    return found;
  };
  const old = places(before);
  const now = places(after);
  const kept = [...now].map(([skill, place]): StepChange => {
    const was = old.get(skill);
    const kind = was === undefined ? 'new' : was === place ? 'stays' : was > place ? 'up' : 'down';
    return { skill, place, before: was, kind };
  });
  const gone = [...old]
    .filter(([skill]) => !now.has(skill))
    .map(([skill, was]): StepChange => ({ skill, place: undefined, before: was, kind: 'gone' }));
  return [...kept, ...gone];
}
