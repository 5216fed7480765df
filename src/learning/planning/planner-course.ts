import type { CourseMap, ResponseEvent, ResponseSequence } from '../../shared/domain.ts';
import { Belief } from '../dynamics/belief.ts';
import type { Course, PracticeStep } from '../dynamics/belief.ts';
import { beliefAfter, courseOf, fitDynamics, untilStuck } from '../dynamics/fit.ts';
import { priorDynamics } from '../dynamics/parameters.ts';
import type { Dynamics } from '../dynamics/parameters.ts';
import { createStructure } from '../dynamics/structure.ts';
import { clamp, crossEntropy, logit } from '../numeric.ts';
import type { StudentModel, StudentState } from '../student-model/types.ts';
import { stepsOf } from './answered-steps.ts';
import { learnEffects } from './practice-effect.ts';
import type { PracticeEffects } from './practice-effect.ts';
import { speedBasisOf } from './speed.ts';
import type { SpeedBasis } from './speed.ts';

/** Dynamics as a model keeps them: thresholds by the ids of skills. */
export interface StoredDynamics extends Omit<Dynamics, 'threshold' | 'hold'> {
  readonly hold: readonly number[];
  readonly threshold: Readonly<Record<string, number>>;
}

/** What plans of a course share. */
export interface PlannerCourse {
  readonly course: Course;
  /**
   * True where the dynamics alone forecast the class's next answers better than the student model: a student's place is then read from the
   * dynamics. Otherwise the student model says where the student stands.
   */
  readonly leads: boolean;
  /**
   * Where the dynamics do not lead: what practice has been seen to bring in this course, by which steps are then chosen. Without it (nobody's answers were
   * looked at), the dynamics as they are assumed of any course say how practice moves a student on.
   */
  readonly effects?: PracticeEffects | undefined;
  /** What a student's speed of learning is told by; without it, speed is not looked at. */
  readonly speedBasis?: SpeedBasis | undefined;
}

/** Students, and answers of each, that dynamics are fitted to. */
const FITTED_STUDENTS = 200;
const FITTED_STEPS = 60;
/** Fewer answers say too little about how a course is learned. */
const FEWEST_ANSWERS = 300;
/** Together; the fit takes some seconds with these. */
const MOST_ANSWERS = 10_000;
const JUDGES = 20;
const JUDGED_ANSWERS = 6;
/** The first answers of a student, whom neither model knows yet, say nothing. */
const BEGUN = 5;
/** Share of the student model's log-loss below which the dynamics' own is clearly less: what they were fitted to may be these very answers. */
const CLEARLY = 0.75;
/** Forecasts beyond which a distance would run away. */
const [LEAST, MOST] = [0.02, 0.98];
const LEAST_LOSS = -Math.log(MOST);

/** Fits a course's dynamics to its students' answers; undefined where there are too few. */
export function learnDynamics(
  map: CourseMap,
  sequences: readonly ResponseSequence[],
  rounds?: number,
): StoredDynamics | undefined {
  const structure = createStructure(map);
  // Spread evenly, and as many as may be: every second one of 200 would leave half of what they tell.
  const count = Math.min(FITTED_STUDENTS, sequences.length);
  const students: (readonly PracticeStep[])[] = [];
  let answers = 0;
  for (let index = 0; index < count && answers < MOST_ANSWERS; index++) {
    const { responses } = sequences[Math.floor((index * sequences.length) / count)]!;
    const steps = untilStuck(stepsOf(responses, structure), FITTED_STEPS);
    if (steps.length > 0) students.push(steps);
    answers += steps.length;
  }
  if (answers < FEWEST_ANSWERS) return undefined;
  const { hold, threshold, ...strengths } = fitDynamics({ structure, students, ...(rounds ? { rounds } : {}) });
  return {
    ...strengths,
    hold: [...hold],
    threshold: Object.fromEntries(structure.skills.map((id, index) => [id, threshold[index]!])),
  };
}

export interface PlannerSource {
  readonly map: CourseMap;
  readonly model: StudentModel;
  /** Fitted dynamics; what is assumed of any course where there are none. */
  readonly dynamics?: StoredDynamics | undefined;
  /** Students of the course, by whom the dynamics and the student model are held against each other. */
  readonly sequences: readonly ResponseSequence[];
}

export function preparePlanner({ map, model, dynamics, sequences }: PlannerSource): PlannerCourse {
  const structure = createStructure(map);
  const prior = priorDynamics(structure);
  const speedBasis = speedBasisOf(model);
  const told = sequences.reduce((sum, { responses }) => sum + responses.length, 0) >= FEWEST_ANSWERS;
  if (!dynamics) {
    const effects = told ? learnEffects(structure, sequences) : undefined;
    return { course: courseOf(prior, structure), leads: false, effects, speedBasis };
  }
  const { hold, threshold, ...strengths } = dynamics;
  const course = courseOf(
    {
      ...strengths,
      hold: Float64Array.from(hold),
      threshold: Float64Array.from(structure.skills, (id, skill) => threshold[id] ?? prior.threshold[skill]!),
    },
    structure,
  );
  const leads = dynamicsLead(course, model, sequences);
  return { course, leads, effects: leads ? undefined : learnEffects(structure, sequences), speedBasis };
}

/** Nobody is so sure of one answer; otherwise a single surprise would decide. */
const loss = (probability: number, correct: number): number => crossEntropy(logit(clamp(probability, LEAST, MOST)), correct);

/**
 * Whether the dynamics forecast the next answer clearly better, one step ahead, on the last answers of some students: by the log-loss above that of answers which both
 * are as sure of as they may be. Level with the student model is not enough: then they tell students and skills apart, and not how practice moves them.
 */
function dynamicsLead(course: Course, model: StudentModel, sequences: readonly ResponseSequence[]): boolean {
  const able = sequences.filter(({ responses }) => responses.length > BEGUN);
  const stride = Math.max(1, Math.ceil(able.length / JUDGES));
  let own = 0;
  let others = 0;
  for (let index = 0; index < able.length; index += stride) {
    const { responses } = able[index]!;
    const apart = Math.max(1, Math.floor((responses.length - BEGUN) / JUDGED_ANSWERS));
    for (let at = BEGUN; at < responses.length; at += apart) {
      const next = responses[at]!;
      const [step] = stepsOf([next], course.structure);
      if (!step) continue;
      const before = responses.slice(0, at);
      const { right } = beliefAfter(course, stepsOf(before, course.structure)).observe(step);
      const forecast = model.adapt(before, { counted: responses }).forecastQuestion(next);
      own += loss(right, next.correct) - LEAST_LOSS;
      others += loss(forecast.value, next.correct) - LEAST_LOSS;
    }
  }
  return own < CLEARLY * others;
}

/** Where the student stands: by the dynamics where they lead, otherwise by the student model, on the dynamics' scale. */
export function beliefOf(
  { course, leads }: PlannerCourse,
  state: StudentState,
  history: readonly ResponseEvent[] | undefined,
): { readonly course: Course; readonly belief: Belief } {
  if (leads && history) return { course, belief: beliefAfter(course, stepsOf(history, course.structure)) };
  const { structure, dynamics } = course;
  const mean = new Float64Array(structure.skills.length);
  const deviation = new Float64Array(structure.skills.length);
  const threshold = dynamics.threshold.slice();
  structure.skills.forEach((id, skill) => {
    const forecast = state.forecastSkill(id);
    const value = clamp((forecast.value - dynamics.lapse) / (1 - 2 * dynamics.lapse), LEAST, MOST);
    const at = logit(value) / dynamics.slope;
    // Nobody stands beyond full knowledge.
    threshold[skill] = Math.max(threshold[skill]!, at + 1 / dynamics.slope);
    mean[skill] = threshold[skill]! - at;
    deviation[skill] = forecast.standardError / (value * (1 - value)) / dynamics.slope;
  });
  const own = { ...course, dynamics: { ...dynamics, threshold } };
  return { course: own, belief: Belief.at(own, mean, deviation) };
}
