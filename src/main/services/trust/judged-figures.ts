import type { StoredModel } from '../model-store.ts';

/** Answers after which a model is spoken of in one figure, or the number nearest to it that its report has. */
const AFTER = 5;

/** A model's own figures on the students held back when it was trained; null where it was not judged so. */
export function judgedFigures({ metrics }: Pick<StoredModel, 'metrics'>, window: string) {
  const [point] = metrics.report.points
    .filter((each) => each.window === window)
    .sort((a, b) => Math.abs(a.after - AFTER) - Math.abs(b.after - AFTER));
  const own = point?.figures[0];
  return own ? { after: point.after, students: point.students, own } : null;
}
