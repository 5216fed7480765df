import type { ResponseEvent } from '../../shared/domain.ts';

/** A question that the course has. */
export interface CourseQuestion {
  readonly id: string;
  readonly skills: readonly string[];
  /** How often anybody answered it. */
  readonly answers: number;
}

/** So many questions are weighed against each other; within a set of skills, at least and at most so many. */
const WEIGHED = 1500;
const FEWEST = 4;
const MOST = 40;

/**
 * The questions worth weighing: those that the student has not answered, or all where none is left. Of a set of skills with many, those that were answered most:
 * how hard they are is known best.
 */
export function askable(questions: readonly CourseQuestion[], history: readonly ResponseEvent[]): CourseQuestion[] {
  const answered = new Set(history.map(({ question }) => question));
  const fresh = questions.filter(({ id }) => !answered.has(id));
  const bySkills = new Map<string, CourseQuestion[]>();
  for (const question of fresh.length > 0 ? fresh : questions) {
    const key = [...question.skills].sort().join('\n');
    const known = bySkills.get(key);
    if (known) known.push(question);
    else bySkills.set(key, [question]);
  }
  const each = Math.min(MOST, Math.max(FEWEST, Math.floor(WEIGHED / Math.max(1, bySkills.size))));
  const order = (a: CourseQuestion, b: CourseQuestion): number =>
    b.answers - a.answers || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return [...bySkills.values()].flatMap((set) => set.sort(order).slice(0, each)).sort(order);
}
