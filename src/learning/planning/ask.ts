import type { PlanStep, ResponseEvent } from '../../shared/domain.ts';
import { sigmoid } from '../numeric.ts';
import type { JointForecast, StudentState } from '../student-model/types.ts';
import { askable } from './askable.ts';
import type { CourseQuestion } from './askable.ts';
import type { SkillGraph } from './skill-graph.ts';

export interface AskOptions {
  readonly state: StudentState;
  readonly graph: SkillGraph;
  /** The skills whose forecasts are to become surer: goals, or the whole course. */
  readonly targets: readonly string[];
  /** Every question that could be asked; what was taken out of the course is not among them. */
  readonly questions: readonly CourseQuestion[];
  /** What the student has answered. */
  readonly history: readonly ResponseEvent[];
  /** At most so many questions. */
  readonly count: number;
  /** The plan's steps after the student's answers and this one; without it more is asked until the forecasts are sure. */
  readonly stepsAfter?: ((answer: ResponseEvent | undefined) => readonly Pick<PlanStep, 'skill' | 'strategy'>[]) | undefined;
}

/** A skill whose forecast an answer makes surer: its standard error before, and as it is expected after. */
export interface Told {
  readonly skill: string;
  readonly before: number;
  readonly after: number;
}

export interface QuestionToAsk {
  readonly question: string;
  readonly skills: readonly string[];
  /** P(right answer), as the answers before the list have it. */
  readonly probability: number;
  /** The skills that it tells most about, largest first, given that the questions before it in the list are asked too. */
  readonly tells: readonly Told[];
}

/** `sure`: every target's forecast is; `plan-stands`: no answer alone would change the plan's first steps; `no-questions`: there is none to ask. */
export type AskedEnough = 'sure' | 'plan-stands' | 'no-questions';

export interface QuestionsToAsk {
  readonly questions: readonly QuestionToAsk[];
  /** Why there are none; undefined where there are. */
  readonly enough: AskedEnough | undefined;
  /** Root mean squared standard error of the targets' forecasts, now and as it is expected after the list. */
  readonly error: { readonly before: number; readonly after: number };
}

/** A forecast with at most this standard error (.05: five points) is sure. */
export const SURE = 0.05;
/** What the first steps are, for a plan that stands; and how many of the best questions may change them. */
const FIRST_STEPS = 3;
const TRIED = 3;
/** Questions that tell at least this share of what the best one tells are level with it. */
const LEVEL = 0.95;
/** Skills that a question is said to tell about. */
const NAMED = 3;
/** An error that shrinks by less than this, a tenth of a point, is not worth a word. */
const WORTH_SAYING = 0.001;

/**
 * How much one right-or-wrong answer tells about a logit N(mean, variance): the variance of its expectation given the answer is variance² times this. With
 * s = E[σ'] and p = E[σ], the covariance of logit and answer is s·variance (Stein's lemma) and the answer's variance p(1 − p), so that it is s²/(p(1 − p)); both by the
 * usual approximation of σ by the normal distribution's. Where the logit is known this is Fisher's information p(1 − p).
 */
export function answerInformation(mean: number, variance: number): number {
  const flattening = 1 / Math.sqrt(1 + (Math.PI * variance) / 8);
  const p = sigmoid(flattening * mean);
  return p * (1 - p) * flattening * flattening;
}

/**
 * The covariances of targets and questions while questions are asked one after the other, by rank-one updates: what an answer will be need not be known, its
 * expected effect on variances is the same for both.
 */
export class Sharpening {
  readonly targetVariance: Float64Array;
  private readonly joint: JointForecast;
  private readonly logitVariance: Float64Array;
  /** Covariances, [T, Q], and √information·covariances of the questions asked so far with all questions, [Q] each. */
  private readonly cross: Float64Array;
  private readonly asked: Float64Array[] = [];

  constructor(joint: JointForecast) {
    const targets = joint.targetVariance.length;
    const questions = joint.logit.length;
    this.joint = joint;
    this.targetVariance = joint.targetVariance.slice();
    this.logitVariance = joint.logitVariance.slice();
    this.cross = new Float64Array(targets * questions);
    for (let target = 0; target < targets; target++)
      for (let question = 0; question < questions; question++)
        this.cross[target * questions + question] = joint.withTarget(target, question);
  }

  private information(question: number): number {
    return answerInformation(this.joint.logit[question]!, this.logitVariance[question]!);
  }

  /** Expected fall of a target's variance by an answer to the question. */
  fall(target: number, question: number): number {
    const covariance = this.cross[target * this.logitVariance.length + question]!;
    return this.information(question) * covariance * covariance;
  }

  /** The same, summed over the targets. */
  worth(question: number): number {
    const questions = this.logitVariance.length;
    let sum = 0;
    for (let at = question; at < this.cross.length; at += questions) sum += this.cross[at]! * this.cross[at]!;
    return this.information(question) * sum;
  }

  /** Goes on as if the question had been answered. */
  ask(question: number): void {
    const questions = this.logitVariance.length;
    const information = this.information(question);
    const root = Math.sqrt(information);
    const told = new Float64Array(questions);
    for (let other = 0; other < questions; other++) {
      let covariance = other === question ? this.logitVariance[question]! : this.joint.between(question, other);
      if (other !== question) for (const before of this.asked) covariance -= before[question]! * before[other]!;
      told[other] = root * covariance;
    }
    for (let target = 0; target < this.targetVariance.length; target++) {
      const covariance = this.cross[target * questions + question]!;
      this.targetVariance[target]! -= information * covariance * covariance;
      for (let other = 0; other < questions; other++) this.cross[target * questions + other]! -= root * covariance * told[other]!;
    }
    for (let other = 0; other < questions; other++)
      this.logitVariance[other] = Math.max(1e-12, this.logitVariance[other]! - told[other]! * told[other]!);
    this.asked.push(told);
  }
}

/**
 * The next questions to ask a student, chosen one after the other: each makes the targets' forecasts surer, in expectation, than any other would after those before
 * it (greedy minimisation of the summed posterior variance). Of questions that tell about as much, those come first whose skills were asked less, then those
 * on which others rest. No skill comes again before another that is as uncertain.
 */
export function chooseQuestions(options: AskOptions): QuestionsToAsk {
  const { state, graph, targets, history } = options;
  const pool = askable(options.questions, history);
  const joint = state.joint(
    targets,
    pool.map(({ id, skills }) => ({ question: id, skills })),
  );
  const sharpening = new Sharpening(joint);
  const errorOf = (target: number): number => joint.standardError(target, sharpening.targetVariance[target]!);
  const before = rootMeanSquare(targets, errorOf);
  const nothing = (enough: AskedEnough): QuestionsToAsk => ({ questions: [], enough, error: { before, after: before } });
  const isSure = (): boolean => targets.every((_, target) => errorOf(target) <= SURE);
  if (pool.length === 0 || targets.length === 0) return nothing('no-questions');
  if (isSure()) return nothing('sure');

  const position = new Map(targets.map((skill, index) => [skill, index]));
  const answered = new Map<string, number>();
  for (const { skills } of history) for (const skill of skills) answered.set(skill, (answered.get(skill) ?? 0) + 1);
  const turns = new Map<string, number>();
  const most = (skills: readonly string[], of: (skill: string) => number): number => Math.max(0, ...skills.map(of));
  const turnsOf = (skill: string): number => turns.get(skill) ?? 0;
  const open = new Set(pool.keys());
  const questions: QuestionToAsk[] = [];
  while (questions.length < options.count && open.size > 0 && !(questions.length > 0 && isSure())) {
    // Skills that would come again before another that is as uncertain.
    const waiting = new Set<string>();
    const others = new Set([...open].flatMap((index) => pool[index]!.skills).filter((skill) => position.has(skill)));
    for (const skill of turns.keys()) {
      const target = position.get(skill);
      if (target === undefined) continue;
      const error = errorOf(target);
      for (const other of others)
        if (turnsOf(other) < turnsOf(skill) && errorOf(position.get(other)!) >= error) {
          waiting.add(skill);
          break;
        }
    }
    const free = [...open].filter((index) => !pool[index]!.skills.some((skill) => waiting.has(skill)));
    const worth = new Map((free.length > 0 ? free : [...open]).map((index) => [index, sharpening.worth(index)]));
    const best = Math.max(...worth.values());
    const [next] = [...worth.keys()]
      .filter((index) => worth.get(index)! >= LEVEL * best)
      .map((index) => ({ index, ...pool[index]! }))
      .sort(
        (a, b) =>
          most(a.skills, turnsOf) - most(b.skills, turnsOf) ||
          most(a.skills, (skill) => answered.get(skill) ?? 0) - most(b.skills, (skill) => answered.get(skill) ?? 0) ||
          most(a.skills, graph.depthOf) - most(b.skills, graph.depthOf) ||
          worth.get(b.index)! - worth.get(a.index)! ||
          a.index - b.index,
      );
    const falls = targets
      .map((skill, target) => ({ skill, target, fall: sharpening.fall(target, next!.index), before: errorOf(target) }))
      .sort((a, b) => b.fall - a.fall || a.target - b.target)
      .slice(0, NAMED);
    sharpening.ask(next!.index);
    open.delete(next!.index);
    for (const skill of next!.skills) turns.set(skill, turnsOf(skill) + 1);
    questions.push({
      question: next!.id,
      skills: next!.skills,
      probability: sigmoid(joint.logit[next!.index]!),
      tells: falls
        .map(({ skill, target, before: error }) => ({ skill, before: error, after: errorOf(target) }))
        .filter((told) => told.before - told.after >= WORTH_SAYING),
    });
  }
  if (planStands(options, questions.slice(0, TRIED))) return nothing('plan-stands');
  return { questions, enough: undefined, error: { before, after: rootMeanSquare(targets, errorOf) } };
}

/** Whether there is enough evidence about the student, and none of these questions, right or wrong, would change the first steps. */
function planStands({ state, stepsAfter, history }: AskOptions, questions: readonly QuestionToAsk[]): boolean {
  if (!stepsAfter || !state.evidence().enough) return false;
  const words = (answer: ResponseEvent | undefined): string =>
    JSON.stringify(
      stepsAfter(answer)
        .slice(0, FIRST_STEPS)
        .map(({ skill, strategy }) => [skill, strategy]),
    );
  const now = words(undefined);
  const order = Math.max(-1, ...history.map((each) => each.order)) + 1;
  return questions.every(({ question, skills }) =>
    [0, 1].every((correct) => words({ order, question, skills, correct }) === now),
  );
}

function rootMeanSquare(targets: readonly string[], of: (target: number) => number): number {
  return Math.sqrt(targets.reduce((sum, _, target) => sum + of(target) ** 2, 0) / Math.max(1, targets.length));
}
