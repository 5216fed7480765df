import type { StudentView } from '../../../shared/contract/students.ts';
import { MASTERY_STEPS, masteryStep } from '../../components/mastery.ts';
import type { Format } from '../../i18n/format.ts';
import { kept } from '../../i18n/kept.ts';
import type { Translate } from '../../i18n/words.ts';

/** What is known of a student on one skill. */
export type StudentCell = Omit<StudentView['cells'][number], 'skill'>;

/** Words for one cell of the heat map. */
export interface CellWords {
  title(student: string, skill: string): string;
  /** Both numbers by their own names, how sure they are, and how many answers they rest on. */
  lines(cell: StudentCell): readonly string[];
  /** All of it, for a screen reader. */
  whole(student: string, skill: string, cell: StudentCell): string;
}

/** Stand where a value will; no text holds them. */
const FIRST = '\u0001';
const SECOND = '\u0002';

/** A class of hundreds has thousands of cells in view: each sentence is translated once, and then only its values are put in. */
export function createCellWords(t: Translate, format: Format): CellWords {
  const fill = (template: string, first: string, second = ''): string =>
    template.replace(FIRST, () => first).replace(SECOND, () => second);
  const cellTitle = t('class.cell', { student: FIRST, skill: SECOND });
  const mastery = MASTERY_STEPS.map((step) => t('class.cellMastery', { step: t(`terms.step.${step}`), estimate: FIRST }));
  const forecast = t('class.cellForecast', { estimate: FIRST });
  const rests = kept((count) => (count === 0 ? t('terms.noAnswers') : t('terms.restsOn', { count })));
  const wants = kept((count) => t('class.cellNoEvidence', { count }));

  const title = (student: string, skill: string): string => fill(cellTitle, student, skill);
  const lines = (cell: StudentCell): readonly string[] => [
    fill(mastery[masteryStep(cell.mastery.value)]!, format.estimate(cell.mastery)),
    fill(forecast, format.estimate(cell.forecast)),
    rests(cell.answers),
    ...(cell.enough ? [] : [wants(cell.wanted)]),
  ];
  return { title, lines, whole: (student, skill, cell) => [title(student, skill), ...lines(cell)].join('. ') };
}
