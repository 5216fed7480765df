import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';

export interface Counts {
  readonly students: number;
  readonly questions: number;
  readonly answers: number;
  readonly marks: number;
  readonly skills?: number;
  readonly prerequisites?: number;
}

interface CountedFile extends Counts {
  readonly format: string;
  /** Known before the import only. */
  readonly matched?: { readonly new: number };
}

/** Counts of several files taken together. A roster and its answers name the same students: they are counted once. */
export function addCounts(files: readonly CountedFile[]): Required<Counts> {
  const rostered = files.filter(({ format }) => format === 'pathlight-roster').reduce((sum, { students }) => sum + students, 0);
  const add = (field: 'questions' | 'answers' | 'marks' | 'skills' | 'prerequisites') =>
    files.reduce((sum, file) => sum + (file[field] ?? 0), 0);
  return {
    // Who is new in one file is known in the next; files of two classes add up.
    students: Math.max(
      rostered,
      ...files.map(({ students }) => students),
      files.reduce((sum, { matched }) => sum + (matched?.new ?? 0), 0),
    ),
    questions: add('questions'),
    answers: add('answers'),
    marks: add('marks'),
    skills: add('skills'),
    prerequisites: add('prerequisites'),
  };
}

/** "28 students, 40 questions and 1,204 answers", "15 skills and 17 prerequisites": what is there, without zeros; empty where there is nothing. */
export function countWords(counts: Counts, t: Translate, format: Format): string {
  const parts = [
    ...(counts.students > 0 ? [t('terms.students', { count: counts.students })] : []),
    ...(counts.questions > 0 ? [t('terms.questions', { count: counts.questions })] : []),
    ...(counts.answers > 0 ? [t('terms.answers', { count: counts.answers })] : []),
    ...(counts.marks > 0 ? [t('imports.marks', { count: counts.marks })] : []),
    ...((counts.skills ?? 0) > 0 ? [t('imports.skills', { count: counts.skills! })] : []),
    ...((counts.prerequisites ?? 0) > 0 ? [t('imports.prerequisites', { count: counts.prerequisites! })] : []),
  ];
  return format.list(parts);
}
