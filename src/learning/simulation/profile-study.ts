import type { CourseMap, ProfileValue, ResponseSequence, StudentProfile } from '../../shared/domain.ts';
import { auc } from '../evaluation/metrics.ts';
import { crossEntropy, logit } from '../numeric.ts';
import type { Random } from '../random.ts';
import type { StudentModel } from '../student-model/types.ts';
import { drawCourse, simulateWithTruth } from './simulated-course.ts';
import type { CourseTraits } from './simulated-course.ts';

/** A school in which the roster says something of its students, and something that means nothing. */
export interface ProfiledSchool {
  readonly map: CourseMap;
  readonly past: readonly ResponseSequence[];
  readonly newcomers: readonly ResponseSequence[];
  readonly profiles: ReadonlyMap<string, StudentProfile>;
}

const TRAITS: CourseTraits = {
  skills: 10,
  questions: 8,
  ease: 0.5,
  skillSpread: 0.6,
  questionSpread: 0.7,
  abilitySpread: 0.7,
  profileSpread: 0.4,
  learning: 0.2,
  transfer: 0.2,
  guess: 0,
  slip: 0,
  stay: 0.6,
  drift: 0,
};
const ANSWERS = 30;
const LANGUAGES = ['at home', 'second', 'new'] as const;

/**
 * Ability rises by .5 logits for each standard deviation of the reading age, falls by .8 for who is new to the language, and one field (hours
 * of help) goes with strength on the second half of the skills. The way to school and the favourite colour go with nothing; a tenth of all values is missing.
 */
export function drawProfiledSchool(past: number, newcomers: number, random: Random): ProfiledSchool {
  const course = drawCourse(TRAITS, random);
  const ids = Array.from({ length: past + newcomers }, (_, index) => `student-${index + 1}`);
  const drawn = ids.map(() => ({
    reading: random.normal(),
    language: random.choice(LANGUAGES),
    help: random.normal(),
    way: random.normal(),
    colour: random.choice(['red', 'green', 'blue']),
  }));
  const students = simulateWithTruth(
    course,
    ids,
    () => ANSWERS,
    random,
    (student) => {
      const { reading, language, help } = drawn[student]!;
      return {
        ability: 0.5 * reading - (language === 'new' ? 0.8 : 0),
        strength: course.map.skills.map((_, skill) => (skill < TRAITS.skills / 2 ? 0 : 0.4 * help)),
      };
    },
  );
  const known = (values: Readonly<Record<string, ProfileValue>>): Record<string, ProfileValue> =>
    Object.fromEntries(Object.entries(values).filter(() => random.uniform() >= 0.1));
  const profiles = new Map(
    ids.map((id, index): [string, StudentProfile] => {
      const { reading, language, help, way, colour } = drawn[index]!;
      return [
        id,
        {
          background: known({ reading_age: 10 + 1.5 * reading, language }),
          preference: known({ colour }),
          behaviour: known({ hours_of_help: 2 + 0.5 * help, way_to_school: 15 + 5 * way }),
        },
      ];
    }),
  );
  const sequences = students.map(({ sequence }) => sequence);
  return { map: course.map, past: sequences.slice(0, past), newcomers: sequences.slice(past), profiles };
}

/** The same school with each student's profile given to another. */
export function shuffledProfiles({ profiles }: ProfiledSchool, random: Random): ReadonlyMap<string, StudentProfile> {
  const owners = random.shuffle([...profiles.keys()]);
  return new Map([...profiles.values()].map((profile, index) => [owners[index]!, profile]));
}

export interface ProfileFigures {
  readonly after: number;
  readonly auc: number;
  readonly logLoss: number;
  /** Mean log-loss of each newcomer's next answers, [newcomers]. */
  readonly byStudent: readonly number[];
}

/** Forecasts the newcomers' next ten answers after a few. @param after at most 20 */
export function judgeNewcomers(
  model: StudentModel,
  newcomers: readonly ResponseSequence[],
  profiles: ReadonlyMap<string, StudentProfile> | undefined,
  after: readonly number[],
): ProfileFigures[] {
  return after.map((count) => {
    const probability: number[] = [];
    const correct: number[] = [];
    const byStudent = newcomers.map(({ student, responses }) => {
      const state = model.adapt(responses.slice(0, count), { profile: profiles?.get(student) });
      const asked = responses.slice(count, count + 10);
      let sum = 0;
      for (const { question, skills, correct: right } of asked) {
        const { value } = state.forecastQuestion({ question, skills });
        probability.push(value);
        correct.push(right);
        sum += crossEntropy(logit(value), right);
      }
      return sum / asked.length;
    });
    const logLoss = byStudent.reduce((sum, loss) => sum + loss, 0) / byStudent.length;
    return { after: count, auc: auc(Float64Array.from(probability), Float64Array.from(correct)) ?? 0.5, logLoss, byStudent };
  });
}

/** 95% interval of the mean difference of two models' log-losses by a paired bootstrap over students; below zero: the first is better. */
export function pairedDifference(
  first: readonly number[],
  second: readonly number[],
  random: Random,
): { readonly mean: number; readonly low: number; readonly high: number } {
  const count = first.length;
  const difference = first.map((value, index) => value - second[index]!);
  const means = Array.from({ length: 1000 }, () => {
    let sum = 0;
    for (let draw = 0; draw < count; draw++) sum += difference[random.integer(count)]!;
    return sum / count;
  }).sort((a, b) => a - b);
  return { mean: difference.reduce((sum, value) => sum + value, 0) / count, low: means[25]!, high: means[974]! };
}
