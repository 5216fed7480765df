import type { QuestionEffort, ResponseEvent, ResponseSequence } from '../../shared/domain.ts';

/** By the question's id; undefined where no file had such a column. */
export type EffortNorms = (question: string) => QuestionEffort | undefined;

/** Fewer answers on the skill say too little; fewer of others to a question are no norm. */
const FEWEST_OWN = 3;
const FEWEST_OTHERS = 5;
/** One-sided 95%. */
const BEYOND_CHANCE = 1.64;
/** And more than a trifle: standard deviations of a question's log time. */
const LEAST_SLOWNESS = 0.5;
const NONE: QuestionEffort = { seen: 0, helped: 0, timed: 0, logTime: 0, squares: 0 };

function withAnswer(sum: QuestionEffort, { hint, attempt, responseTimeMs, correct }: ResponseEvent, sign = 1): QuestionEffort {
  const seen = hint !== undefined || attempt !== undefined;
  const timed = correct >= 0.5 && responseTimeMs !== undefined && responseTimeMs > 0;
  const log = timed ? Math.log(responseTimeMs) : 0;
  return {
    seen: sum.seen + (seen ? sign : 0),
    helped: sum.helped + (seen && isHelped(hint, attempt) ? sign : 0),
    timed: sum.timed + (timed ? sign : 0),
    logTime: sum.logTime + sign * log,
    squares: sum.squares + sign * log * log,
  };
}

const isHelped = (hint = 0, attempt = 1): boolean => hint > 0 || attempt > 1;

export function effortNorms(sequences: readonly ResponseSequence[]): EffortNorms {
  const sums = new Map<string, QuestionEffort>();
  for (const { responses } of sequences)
    for (const event of responses)
      if (event.hint !== undefined || event.attempt !== undefined || event.responseTimeMs !== undefined)
        sums.set(event.question, withAnswer(sums.get(event.question) ?? NONE, event));
  return (question) => sums.get(question);
}

/**
 * What a student's answers on a skill took more of than those of others to the same questions: help (hints, further tries), or time for right answers beyond how
 * much longer they take over other skills. Undefined where there is no such column, or no difference beyond chance.
 */
export function effortOn(history: readonly ResponseEvent[], skill: string, norms: EffortNorms): 'help' | 'time' | undefined {
  let [answers, more, variance] = [0, 0, 0];
  const [own, elsewhere]: [number[], number[]] = [[], []];
  for (const event of history) {
    const all = norms(event.question);
    if (!all) continue;
    const others = withAnswer(all, event, -1);
    const onSkill = event.skills.includes(skill);
    if (onSkill && (event.hint !== undefined || event.attempt !== undefined) && others.seen >= FEWEST_OTHERS) {
      // One of each is added: nobody is certain to need help, or certain not to.
      const expected = (others.helped + 1) / (others.seen + 2);
      answers++;
      more += (isHelped(event.hint, event.attempt) ? 1 : 0) - expected;
      variance += expected * (1 - expected);
    }
    const z = slowness(event, others);
    if (z !== undefined) (onSkill ? own : elsewhere).push(z);
  }
  if (answers >= FEWEST_OWN && more > BEYOND_CHANCE * Math.sqrt(variance)) return 'help';
  if (own.length < FEWEST_OWN) return undefined;
  const usual = elsewhere.length >= FEWEST_OWN ? mean(elsewhere) : 0;
  const slower = mean(own) - Math.max(0, usual);
  return slower > LEAST_SLOWNESS && slower * Math.sqrt(own.length) > BEYOND_CHANCE ? 'time' : undefined;
}

/** Standard deviations by which a right answer took longer than others' right answers to the question, on the scale of logarithms. */
function slowness({ correct, responseTimeMs }: ResponseEvent, { timed, logTime, squares }: QuestionEffort): number | undefined {
  if (correct < 0.5 || responseTimeMs === undefined || responseTimeMs <= 0 || timed < FEWEST_OTHERS) return undefined;
  const centre = logTime / timed;
  const deviation = Math.sqrt(Math.max(0, squares / timed - centre * centre));
  return deviation > 1e-6 ? (Math.log(responseTimeMs) - centre) / deviation : undefined;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
