import type { CourseMap, Prerequisite, ResponseEvent, ResponseSequence } from '../../shared/domain.ts';
import { sigmoid } from '../numeric.ts';
import type { Random } from '../random.ts';

/** How a simulated course and its students come about; every value has a unit of logits unless said otherwise. */
export interface CourseTraits {
  readonly skills: number;
  /** Questions a skill. */
  readonly questions: number;
  /** Mean of a right answer's logit. */
  readonly ease: number;
  readonly skillSpread: number;
  readonly questionSpread: number;
  readonly abilitySpread: number;
  /** Spread of a student's strength on single skills around the ability. */
  readonly profileSpread: number;
  /** Rise per log(1 + practice on the skill). */
  readonly learning: number;
  /** Share of a prerequisite's strength that its dependents inherit. */
  readonly transfer: number;
  /** Chance of a right answer without knowing, and of a wrong one by accident. */
  readonly guess: number;
  readonly slip: number;
  /** Chance to stay on the same skill for the next answer. */
  readonly stay: number;
  /** Spread of the slow drift of a student's form. */
  readonly drift: number;
  /** Students come in classes that share an ability and the questions they are given; left out: everybody is alone. */
  readonly classes?: {
    readonly size: number;
    /** Share of the ability's variance that lies between classes, 0 to 1. */
    readonly variance: number;
    /** Share of each skill's questions that a class is given, 0 to 1. */
    readonly questions: number;
    /** Spread of how well a class was taught each skill. */
    readonly teaching?: number;
    /** Share of the course within which classes begin: 0, all with the first skill. */
    readonly begin?: number;
  };
  /** A student leaves a skill after this many right answers in a row; 0 or left out where practice is not by mastery. */
  readonly enough?: number;
  /** Share of questions that ask for a second skill too, 0 to 1. */
  readonly paired?: number;
}

/** An ordinary small course. */
export const SMALL_COURSE_TRAITS: CourseTraits = {
  skills: 8,
  questions: 6,
  ease: 0.4,
  skillSpread: 0.8,
  questionSpread: 0.8,
  abilitySpread: 0.9,
  profileSpread: 0.4,
  learning: 0.2,
  transfer: 0.2,
  guess: 0,
  slip: 0,
  stay: 0.7,
  drift: 0,
};

export function drawTraits(random: Random): CourseTraits {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  return {
    skills: 6 + random.integer(70),
    questions: random.uniform() < 0.25 ? 1 + random.integer(3) : 3 + random.integer(40),
    ease: between(-0.6, 2),
    skillSpread: between(0.3, 1.2),
    questionSpread: between(0.3, 1.5),
    abilitySpread: between(0.5, 1.3),
    profileSpread: between(0.15, 0.9),
    learning: between(0, 0.45),
    transfer: between(0, 0.4),
    guess: random.uniform() < 0.5 ? 0 : between(0, 0.2),
    slip: between(0, 0.08),
    stay: between(0, 0.95),
    drift: between(0, 0.12),
    ...(random.uniform() < 0.75
      ? {
          classes: {
            size: 8 + random.integer(50),
            variance: between(0.05, 0.6),
            questions: between(0.15, 1),
            teaching: random.uniform() < 0.6 ? between(0.1, 0.8) : 0,
            begin: random.uniform() < 0.6 ? between(0.1, 1) : 0,
          },
        }
      : {}),
    enough: random.uniform() < 0.4 ? 2 + random.integer(3) : 0,
    paired: random.uniform() < 0.4 ? between(0.05, 0.5) : 0,
  };
}

export interface SimulatedCourse {
  readonly map: CourseMap;
  readonly traits: CourseTraits;
  /** Ease of each skill, and of each of its questions around it. */
  readonly skillEase: readonly number[];
  readonly questionEase: readonly (readonly number[])[];
  /** The second skill of each question, −1 where it asks for one. */
  readonly secondSkill: readonly (readonly number[])[];
}

/** A course with a layered graph of prerequisites: each skill rests on up to three before it. */
export function drawCourse(traits: CourseTraits, random: Random): SimulatedCourse {
  const skills = Array.from({ length: traits.skills }, (_, index) => ({ id: `s${index + 1}`, name: `Skill ${index + 1}` }));
  const prerequisites: Prerequisite[] = [];
  for (let index = 1; index < skills.length; index++) {
    const known = new Set<number>();
    for (let draw = random.integer(4); draw > 0; draw--) known.add(Math.max(0, index - 1 - random.integer(6)));
    for (const before of known) prerequisites.push({ skill: skills[index]!.id, prerequisite: skills[before]!.id });
  }
  return withEase({ skills, prerequisites }, traits, random);
}

/** The same for a map that is given. */
export function withEase(map: CourseMap, traits: CourseTraits, random: Random): SimulatedCourse {
  const count = map.skills.length;
  return {
    map,
    traits,
    skillEase: map.skills.map(
      (_, index) => traits.ease + 0.5 - index / Math.max(1, count) + traits.skillSpread * random.normal(),
    ),
    questionEase: map.skills.map(() => Array.from({ length: traits.questions }, () => traits.questionSpread * random.normal())),
    secondSkill: map.skills.map((_, skill) =>
      Array.from({ length: traits.questions }, () =>
        skill > 0 && traits.paired && random.uniform() < traits.paired ? Math.max(0, skill - 1 - random.integer(4)) : -1,
      ),
    ),
  };
}

/** A simulated student, and what nobody could know of a real one. */
export interface SimulatedStudent {
  readonly sequence: ResponseSequence;
  /**
   * True P(right) as it stands after the student's first `answers` answers: of one question where it is named, otherwise the mean over the
   * skill's questions. Skill and question are positions in the course.
   */
  truth(answers: number): (skill: number, question?: number) => number;
}

/** What is added to a student's drawn ability and to their strength on each skill, in logits: what goes with their background, for example. */
export interface StudentShift {
  readonly ability: number;
  readonly strength?: readonly number[] | undefined;
}

/** Simulates students as simulateWithTruth does and forgets the truth. */
export function simulateStudents(
  course: SimulatedCourse,
  ids: readonly string[],
  answers: (random: Random) => number,
  random: Random,
): ResponseSequence[] {
  return simulateWithTruth(course, ids, answers, random).map(({ sequence }) => sequence);
}

/**
 * Simulates students who walk through the course in its order, with returns: logit = ease(skill) + ease(question) + ability + strength on the
 * skill + learning·log(1 + practice) + drift, the mean of two skills' for a question of two; P(right) = guess + (1 − guess − slip)·σ(logit). Strength on a
 * skill is partly that on its prerequisites, partly how well the class was taught it.
 * @param shift by the student's position in `ids`
 */
export function simulateWithTruth(
  course: SimulatedCourse,
  ids: readonly string[],
  answers: (random: Random) => number,
  random: Random,
  shift?: (student: number) => StudentShift,
): SimulatedStudent[] {
  const { traits, map } = course;
  const position = new Map(map.skills.map((skill, index) => [skill.id, index]));
  const below = map.skills.map((skill) =>
    map.prerequisites.filter((pair) => pair.skill === skill.id).map((pair) => position.get(pair.prerequisite)!),
  );
  const { classes } = traits;
  let level = 0;
  let given: readonly (readonly number[])[] = [];
  let taught: readonly number[] = [];
  let begin = 0;
  return ids.map((student, index) => {
    if (classes && index % classes.size === 0) {
      level = Math.sqrt(classes.variance) * random.normal();
      given = course.questionEase.map((questions) => {
        const all = random.shuffle(Array.from(questions.keys()));
        return all.slice(0, Math.max(1, Math.round(classes.questions * all.length)));
      });
      const { teaching = 0 } = classes;
      taught = teaching > 0 ? map.skills.map(() => teaching * random.normal()) : [];
      begin = classes.begin ? random.integer(Math.ceil(classes.begin * map.skills.length)) : 0;
    }
    const own = shift?.(index);
    const drawn = traits.abilitySpread * (level + Math.sqrt(1 - (classes?.variance ?? 0)) * random.normal());
    const ability = drawn + (own?.ability ?? 0);
    const strength: number[] = [];
    map.skills.forEach((_, skill) => {
      const inherited =
        below[skill]!.length > 0 ? below[skill]!.reduce((sum, each) => sum + (strength[each] ?? 0), 0) / below[skill]!.length : 0;
      strength.push(
        traits.transfer * inherited +
          traits.profileSpread * random.normal() +
          (taught[skill] ?? 0) +
          (own?.strength?.[skill] ?? 0),
      );
    });
    const probability = (skill: number, question: number, practice: ArrayLike<number>, form: number): number => {
      const transferred =
        below[skill]!.reduce((sum, each) => sum + Math.log1p(practice[each]!), 0) * traits.transfer * traits.learning;
      const second = course.secondSkill[skill]![question]!;
      const of = (each: number): number =>
        course.skillEase[each]! + strength[each]! + traits.learning * Math.log1p(practice[each]!);
      const logit =
        (second < 0 ? of(skill) : (of(skill) + of(second)) / 2) +
        course.questionEase[skill]![question]! +
        ability +
        transferred +
        form;
      return traits.guess + (1 - traits.guess - traits.slip) * sigmoid(logit);
    };
    const practice = new Float64Array(map.skills.length);
    const responses: ResponseEvent[] = [];
    const asked: number[][] = [];
    const forms: number[] = [0];
    const wanted = answers(random);
    let reach = begin;
    let skill = begin;
    let run = 0;
    for (let order = 0; order < wanted; order++) {
      const leaves = (): boolean =>
        traits.enough ? run >= traits.enough || random.uniform() < 0.08 : random.uniform() >= traits.stay;
      if (order > 0 && leaves()) {
        reach = Math.min(map.skills.length - 1, reach + (random.uniform() < 0.75 ? 1 : 0));
        skill = random.uniform() < 0.7 ? reach : begin + random.integer(reach - begin + 1);
        run = 0;
      }
      forms.push(forms.at(-1)! + traits.drift * random.normal());
      const question = classes ? random.choice(given[skill]!) : random.integer(course.questionEase[skill]!.length);
      const right = random.uniform() < probability(skill, question, practice, forms.at(-1)!);
      const second = course.secondSkill[skill]![question]!;
      const skills = second < 0 ? [skill] : [second, skill];
      for (const each of skills) practice[each]!++;
      run = right ? run + 1 : 0;
      asked.push(skills);
      responses.push({
        order,
        question: questionId(course, skill, question),
        skills: skills.map((each) => map.skills[each]!.id),
        correct: right ? 1 : 0,
      });
    }
    return {
      sequence: { student, responses },
      truth(count) {
        const done = new Float64Array(map.skills.length);
        for (const skills of asked.slice(0, count)) for (const each of skills) done[each]!++;
        const form = forms[Math.min(count, asked.length)]!;
        return (which, question) => {
          if (question !== undefined) return probability(which, question, done, form);
          const all = course.questionEase[which]!;
          return all.reduce((sum, _, each) => sum + probability(which, each, done, form), 0) / all.length;
        };
      },
    };
  });
}

/** The id that simulated answers give a question, by positions in the course. */
export const questionId = (course: SimulatedCourse, skill: number, question: number): string =>
  `${course.map.skills[skill]!.id}-q${question + 1}`;
