import type { CourseMap, ResponseColumns, ResponseSequence } from '../shared/domain.ts';
import type { SkillLinks } from './student-model/skill-field.ts';

/**
 * The answers of many students as columns: quick to walk, and cheap to send to another process. N answers, S students.
 * Answers of one student lie together, in order.
 */
export interface ResponseTable {
  readonly students: readonly string[];
  /** [S + 1]: answers of student s are start[s] … start[s + 1] − 1. */
  readonly start: Int32Array;
  /** [N], indexes into `questions`. */
  readonly question: Int32Array;
  /** [N], indexes into `skillSets`. */
  readonly skillSet: Int32Array;
  /** [N], in [0, 1]. */
  readonly correct: Float32Array;
  /** [N], how much evidence the answer carries. */
  readonly weight: Float32Array;
  readonly questions: readonly string[];
  readonly skills: readonly string[];
  /** Each a sorted list of indexes into `skills`; empty for a question without skill. */
  readonly skillSets: readonly (readonly number[])[];
  /** Which skills build on each other, where a map says so: their difficulties are then alike. Skills without answers come after `skills`. */
  readonly links?: SkillLinks | undefined;
}

/** Gives texts consecutive numbers. */
export class Vocabulary {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(texts: Iterable<string> = []) {
    for (const text of texts) this.add(text);
  }

  add(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  /** −1 where the text is unknown. */
  find(text: string): number {
    return this.numbers.get(text) ?? -1;
  }
}

/** The key under which a set of skills is known; skills are joined by U+001F, which no id contains. */
export const skillSetKey = (skills: readonly string[]): string =>
  skills.length < 2 ? (skills[0] ?? '') : [...skills].sort().join('\u001f');

/** The skills of a set by its key. */
export const skillsOfKey = (key: string): string[] => (key === '' ? [] : key.split('\u001f'));

export interface TableVocabulary {
  readonly questions: readonly string[];
  readonly skills: readonly string[];
  readonly skillSets: readonly (readonly number[])[];
}

/** @param known vocabulary to start from, so that numbers agree with a model's; what is new is appended. */
export function toResponseTable(sequences: readonly ResponseSequence[], known?: TableVocabulary): ResponseTable {
  const count = sequences.reduce((sum, sequence) => sum + sequence.responses.length, 0);
  const start = new Int32Array(sequences.length + 1);
  const question = new Int32Array(count);
  const skillSet = new Int32Array(count);
  const correct = new Float32Array(count);
  const weight = new Float32Array(count);
  const questions = new Vocabulary(known?.questions);
  const skills = new Vocabulary(known?.skills);
  const skillSets: (readonly number[])[] = [...(known?.skillSets ?? [])];
  const setNumbers = new Map(
    skillSets.map((set, number) => [skillSetKey(set.map((skill) => skills.texts[skill] ?? '')), number]),
  );
  let row = 0;
  sequences.forEach((sequence, student) => {
    start[student] = row;
    for (const response of sequence.responses) {
      const key = skillSetKey(response.skills);
      let set = setNumbers.get(key);
      if (set === undefined) {
        set = skillSets.push([...new Set(response.skills.map((skill) => skills.add(skill)))].sort((a, b) => a - b)) - 1;
        setNumbers.set(key, set);
      }
      question[row] = questions.add(response.question);
      skillSet[row] = set;
      correct[row] = response.correct;
      weight[row] = response.weight ?? 1;
      row++;
    }
  });
  start[sequences.length] = row;
  return {
    students: sequences.map((sequence) => sequence.student),
    start,
    question,
    skillSet,
    correct,
    weight,
    questions: questions.texts,
    skills: skills.texts,
    skillSets,
  };
}

/** The skills and, after them, those of the map's prerequisites that nobody has answered; undefined where the map has no prerequisite. */
export function linkSkills(skills: readonly string[], { prerequisites }: CourseMap): SkillLinks | undefined {
  if (prerequisites.length === 0) return undefined;
  const all = new Vocabulary(skills);
  const pairs = prerequisites.map(({ skill, prerequisite }): [number, number] => [all.add(prerequisite), all.add(skill)]);
  return { skills: all.texts, pairs };
}

/**
 * The same from columns, whose texts are looked up once each and not once an answer.
 * @param known as for toResponseTable, which numbers alike
 */
export function columnsToTable(columns: ResponseColumns, known?: TableVocabulary): ResponseTable {
  const count = columns.question.length;
  const questions = new Vocabulary(known?.questions);
  const skills = new Vocabulary(known?.skills);
  const skillSets: (readonly number[])[] = [...(known?.skillSets ?? [])];
  const setNumbers = new Map(
    skillSets.map((set, number) => [skillSetKey(set.map((skill) => skills.texts[skill] ?? '')), number]),
  );
  const questionNumber = new Int32Array(columns.questions.length).fill(-1);
  const setNumber = new Int32Array(columns.skillSets.length).fill(-1);
  const question = new Int32Array(count);
  const skillSet = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const set = columns.skillSet[row]!;
    if (setNumber[set]! < 0) {
      const named = columns.skillSets[set]!;
      const key = skillSetKey(named);
      let number = setNumbers.get(key);
      if (number === undefined) {
        number = skillSets.push([...new Set(named.map((skill) => skills.add(skill)))].sort((a, b) => a - b)) - 1;
        setNumbers.set(key, number);
      }
      setNumber[set] = number;
    }
    const asked = columns.question[row]!;
    if (questionNumber[asked]! < 0) questionNumber[asked] = questions.add(columns.questions[asked]!);
    question[row] = questionNumber[asked]!;
    skillSet[row] = setNumber[set]!;
  }
  return {
    students: columns.students,
    start: columns.start,
    question,
    skillSet,
    correct: columns.correct,
    weight: columns.weight ?? new Float32Array(count).fill(1),
    questions: questions.texts,
    skills: skills.texts,
    skillSets,
  };
}

/** Answers of some students of a table, spread evenly over all. @param most students */
export function tableSequences(table: ResponseTable, most: number): ResponseSequence[] {
  const stride = Math.max(1, Math.ceil(table.students.length / most));
  const sequences: ResponseSequence[] = [];
  for (let student = 0; student < table.students.length; student += stride) {
    const begin = table.start[student]!;
    sequences.push({
      student: table.students[student]!,
      responses: Array.from({ length: table.start[student + 1]! - begin }, (_, order) => ({
        order,
        question: table.questions[table.question[begin + order]!]!,
        skills: table.skillSets[table.skillSet[begin + order]!]!.map((skill) => table.skills[skill]!),
        correct: table.correct[begin + order]!,
        weight: table.weight[begin + order]!,
      })),
    });
  }
  return sequences;
}
