import { QUESTIONS_PER_STEP } from '../planning/conditions.ts';
import { createRandom, hashText } from '../random.ts';
import type { Strategy } from '../../shared/strategy.ts';
import type { Exercise, Level, Template } from './template.ts';

/** What a step's skill, or another one, is practised with. */
export interface Practised {
  readonly skill: string;
  readonly templates: readonly Template[];
}

export interface AskedExercise {
  readonly skill: string;
  readonly exercise: Exercise;
}

/** Practice for one step of a plan. */
export interface PracticeSheet {
  readonly skill: string;
  readonly strategy: Strategy;
  /** Solved in full, or with the later steps left open; none where the strategy shows none. */
  readonly example?: { readonly exercise: Exercise; readonly faded: boolean } | undefined;
  readonly questions: readonly AskedExercise[];
}

/** From easier to harder; as many as a step has questions. */
const LEVELS: Readonly<Record<Strategy, readonly Level[]>> = {
  'worked-example': [1, 1, 1, 1, 2, 2],
  faded: [1, 1, 2, 2, 2, 2],
  practice: [1, 2, 2, 2, 3, 3],
  'mixed-practice': [2, 2, 2, 2, 3, 3],
  review: [2, 2, 2, 2, 2, 2],
};

const MOST_DRAWS = 50;
const keyOf = ({ prompt, figure }: Exercise): string => JSON.stringify([prompt.en, figure]);

/**
 * Practice as the strategy of a step asks for it: a worked example, one with gaps, questions alone, or every second question on another skill. The same
 * student, skill and day give the same sheet; no two questions on it are the same.
 * @param mixed other skills, for mixed practice
 * @param day when the plan was made, days since 1970
 * @returns undefined where the skill has no templates
 */
export function practiceSheet(options: {
  readonly student: string;
  readonly own: Practised;
  readonly mixed: readonly Practised[];
  readonly strategy: Strategy;
  readonly day: number;
}): PracticeSheet | undefined {
  const { student, own, strategy, day } = options;
  if (own.templates.length === 0) return undefined;
  const random = createRandom(hashText([student, own.skill, day].join('\u001f')));
  const seen = new Set<string>();
  const draw = ({ skill, templates }: Practised, level: Level, turn: number): AskedExercise[] => {
    for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
      const exercise = templates[(turn + attempt) % templates.length]!.draw(random, level);
      if (seen.has(keyOf(exercise))) continue;
      seen.add(keyOf(exercise));
      return [{ skill, exercise }];
    }
    return [];
  };
  const shuffled: Practised = { ...own, templates: random.shuffle(own.templates) };
  const others = random.shuffle(options.mixed.filter(({ skill, templates }) => skill !== own.skill && templates.length > 0));
  const shows = strategy === 'worked-example' || strategy === 'faded';
  const [example] = shows ? draw(shuffled, 1, 0) : [];
  const questions = LEVELS[strategy].slice(0, QUESTIONS_PER_STEP).flatMap((level, index) => {
    const other = strategy === 'mixed-practice' && index % 2 === 1 ? others[((index - 1) / 2) % others.length] : undefined;
    return other ? draw(other, 2, index) : draw(shuffled, level, index);
  });
  return {
    skill: own.skill,
    strategy,
    ...(example ? { example: { exercise: example.exercise, faded: strategy === 'faded' } } : {}),
    questions,
  };
}
