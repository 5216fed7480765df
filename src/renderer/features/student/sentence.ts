import type { StudentView } from '../../../shared/contract/students.ts';
import type { Plan } from '../../../shared/domain.ts';
import { masteryStep } from '../../components/mastery.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import { evidenceWords, shorten } from './reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

const SHOWN = 2;

/** The sentence that opens a student's screen: what stands, what is being built, what comes next; without evidence it says so. */
export function studentSentence(
  student: Pick<StudentView, 'name' | 'cells'> & { readonly plan: Plan },
  names: SkillNames,
  t: Translate,
  format: Format,
): string {
  const { name, plan } = student;
  const step = plan.steps[0];
  const next =
    step === undefined
      ? t(student.cells.length === 0 ? 'student.noCourse' : 'student.noNext')
      : t('student.next', { skill: names(step.skill), minutes: format.minutes(step.minutes) });
  const joined = (sentence: string) => (format.language === 'zh' ? `${sentence}${next}` : `${sentence} ${next}`);
  if (plan.notEnoughEvidence) {
    return joined(
      plan.answers === 0
        ? t('student.notEnoughNone', { name })
        : t('student.notEnough', { name, what: evidenceWords(plan, t, format) }),
    );
  }
  const known = student.cells.filter((cell) => cell.enough);
  const secure = known
    .filter((cell) => masteryStep(cell.mastery.value) === 4)
    .toSorted((a, b) => b.mastery.value - a.mastery.value);
  const building = known
    .filter((cell) => masteryStep(cell.mastery.value) < 4 && cell.answers > 0)
    .toSorted((a, b) => b.mastery.value - a.mastery.value);
  const list = (cells: typeof known) =>
    shorten(
      cells.map((cell) => names(cell.skill)),
      t,
      format,
      SHOWN,
    );
  if (secure.length > 0 && building.length > 0)
    return joined(t('student.secureAndBuilding', { name, secure: list(secure), building: list(building) }));
  if (secure.length > 0) return joined(t('student.secure', { name, skills: list(secure) }));
  if (building.length > 0) return joined(t('student.building', { name, skills: list(building) }));
  return joined(t('student.starting', { name }));
}
