import type { CourseMap, ResponseSequence } from '../../shared/domain.ts';
import type { Random } from '../random.ts';
import { simulateStudents, withEase } from './simulated-course.ts';
import type { CourseTraits } from './simulated-course.ts';

/** A small course on fractions in our own words, for the sample class. */
export const SAMPLE_COURSE: CourseMap = {
  skills: [
    { id: 'parts', name: 'Parts of a whole' },
    { id: 'number-line', name: 'Fractions on the number line' },
    { id: 'unit-fractions', name: 'Comparing unit fractions' },
    { id: 'equivalent', name: 'Equivalent fractions' },
    { id: 'simplify', name: 'Writing fractions in lowest terms' },
    { id: 'mixed', name: 'Mixed numbers' },
    { id: 'compare', name: 'Comparing any two fractions' },
    { id: 'add-like', name: 'Adding fractions with the same denominator' },
    { id: 'add-unlike', name: 'Adding fractions with different denominators' },
    { id: 'subtract-unlike', name: 'Subtracting fractions with different denominators' },
    { id: 'multiply', name: 'Multiplying fractions' },
    { id: 'divide', name: 'Dividing by a fraction' },
    { id: 'decimals', name: 'Fractions as decimals' },
    { id: 'percent', name: 'Fractions as percentages' },
    { id: 'problems', name: 'Word problems with fractions' },
  ],
  prerequisites: [
    ['number-line', 'parts'],
    ['unit-fractions', 'parts'],
    ['equivalent', 'number-line'],
    ['equivalent', 'unit-fractions'],
    ['simplify', 'equivalent'],
    ['mixed', 'number-line'],
    ['compare', 'equivalent'],
    ['add-like', 'parts'],
    ['add-unlike', 'add-like'],
    ['add-unlike', 'equivalent'],
    ['subtract-unlike', 'add-unlike'],
    ['multiply', 'simplify'],
    ['divide', 'multiply'],
    ['decimals', 'equivalent'],
    ['percent', 'decimals'],
    ['problems', 'add-unlike'],
    ['problems', 'multiply'],
  ].map(([skill, prerequisite]) => ({ skill: skill!, prerequisite: prerequisite! })),
};

/** How the sample course's students and questions differ. */
export const SAMPLE_TRAITS: CourseTraits = {
  skills: SAMPLE_COURSE.skills.length,
  questions: 12,
  ease: 0.5,
  skillSpread: 0.5,
  questionSpread: 0.6,
  abilitySpread: 0.8,
  profileSpread: 0.5,
  learning: 0.3,
  transfer: 0.25,
  guess: 0.05,
  slip: 0.03,
  stay: 0.8,
  drift: 0.04,
};

export interface SampleStudent {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly className: string;
  readonly grade: string;
}

const GIVEN =
  'Mia Tobias Aisha Leo Nora Kofi Elena Jonas Priya Samir Lina Oskar Zoe Mateo Hana Ruben Amara Finn Yara Nils Clara Idris Freya Hugo Leila Anton Maja Diego'.split(
    ' ',
  );
const FAMILY =
  'Berg Alvarez Rahman Novak Okafor Lindqvist Moreau Haddad Silva Kowalski Petrov Nakamura Osei Fischer Costa Ivanova Dahl Mensah Rossi Keller'.split(
    ' ',
  );
const CHINESE = [
  ['思远', '王'],
  ['雨桐', '李'],
  ['子涵', '陈'],
] as const;

/** Students of a present class with few answers each and of two past years with many; all invented. */
export function makeSampleClass(random: Random): {
  readonly students: readonly SampleStudent[];
  readonly sequences: readonly ResponseSequence[];
} {
  const students: SampleStudent[] = [];
  const add = (count: number, prefix: string, className: string, grade: string): void => {
    for (let index = 0; index < count; index++) {
      const chinese = className === '6B' && index % 9 === 4 ? CHINESE[Math.floor(index / 9)] : undefined;
      students.push({
        id: `${prefix}${String(index + 1).padStart(3, '0')}`,
        givenName: chinese?.[0] ?? random.choice(GIVEN),
        familyName: chinese?.[1] ?? random.choice(FAMILY),
        className,
        grade,
      });
    }
  };
  add(27, 'b', '6B', '6');
  add(70, 'p', '6, two years ago', '8');
  add(70, 'q', '6, last year', '7');
  const course = withEase(SAMPLE_COURSE, SAMPLE_TRAITS, random);
  const present = students.filter((student) => student.className === '6B').map((student) => student.id);
  const past = students.filter((student) => student.className !== '6B').map((student) => student.id);
  return {
    students,
    sequences: [
      // Two of the class have just come: not one answer.
      ...simulateStudents(course, present.slice(0, -2), (chance) => 3 + chance.integer(28), random),
      ...simulateStudents(course, past, (chance) => 35 + chance.integer(60), random),
    ],
  };
}
