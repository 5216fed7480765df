import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';

export interface Counts {
  readonly students: number;
  readonly questions: number;
  readonly answers: number;
  readonly marks: number;
}

export function addCounts(files: readonly Counts[]): Counts {
  return files.reduce<Counts>(
    (sum, file) => ({
      students: sum.students + file.students,
      questions: sum.questions + file.questions,
      answers: sum.answers + file.answers,
      marks: sum.marks + file.marks,
    }),
    { students: 0, questions: 0, answers: 0, marks: 0 },
  );
}

/** "28 students, 40 questions and 1,204 answers": what is there, without zeros; empty where there is nothing. */
export function countWords(counts: Counts, t: Translate, format: Format): string {
  const parts = [
    ...(counts.students > 0 ? [t('terms.students', { count: counts.students })] : []),
    ...(counts.questions > 0 ? [t('terms.questions', { count: counts.questions })] : []),
    ...(counts.answers > 0 ? [t('terms.answers', { count: counts.answers })] : []),
    ...(counts.marks > 0 ? [t('imports.marks', { count: counts.marks })] : []),
  ];
  return format.list(parts);
}
