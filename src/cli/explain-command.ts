import { whyNotWithGainFactor } from '../learning/planning/gain-factor.ts';
import { makePlan } from '../learning/planning/plan.ts';
import { whatIf } from '../learning/planning/what-if.ts';
import { whyNot } from '../learning/planning/why-not.ts';
import { conflictSentences } from '../renderer/features/student/decision-words.ts';
import { suppositionSentence, whyNotSentence } from '../renderer/features/student/explanation-words.ts';
import { reasonSentence } from '../renderer/features/student/reason.ts';
import type { Language } from '../renderer/i18n/language.ts';
import { PathlightError } from '../shared/errors.ts';
import { readPlanningSource } from './planning-source.ts';
import { wordsIn } from './words-in.ts';

export interface ExplainOptions {
  readonly data: string;
  readonly student: string;
  readonly skill: string;
  readonly model?: string;
  readonly goals?: string;
  readonly language: Language;
  readonly json?: boolean;
}

/**
 * Says why a skill is, or is not, on a student's path, and what would change that.
 * @throws PathlightError `no-such-file`, `no-such-student`, `no-such-skill`
 */
export async function explainCommand(options: ExplainOptions): Promise<void> {
  const { skill } = options;
  const { sequences, planning, nameOf, gainFactor } = await readPlanningSource(options);
  const sequence = sequences.find(({ student }) => student === options.student);
  if (!sequence)
    throw new PathlightError(
      'no-such-student',
      `No student with the id "${options.student}" has answers or marks in the gradebook of ${options.data}. Check the id.`,
      { student: options.student },
    );
  const student = planning(sequence.student, sequence.responses);
  const why = whyNotWithGainFactor(whyNot(student, skill), gainFactor);
  const suppositions = whatIf(student, skill);
  const plan = makePlan(student);
  const step = plan.steps.find((each) => each.skill === skill);
  const { t, format } = wordsIn(options.language);
  const turn = step !== undefined || why.place === undefined ? [] : [t('whyNot.turn', { place: format.number(why.place) })];
  const reason = [
    step ? reasonSentence(step, nameOf, t, format) : whyNotSentence(why, nameOf, t, format),
    ...turn,
    ...conflictSentences({ conflicts: plan.conflicts?.filter(({ goal }) => goal === skill) }, nameOf, t, format),
  ].join(options.language === 'zh' ? '' : ' ');
  const changes = suppositions.map((each) => ({ ...each, sentence: suppositionSentence(each, nameOf, t, format) }));
  if (options.json) {
    const found = { student: options.student, skill, onPath: step !== undefined, reason, why, suppositions: changes };
    console.log(JSON.stringify(found, undefined, 1));
    return;
  }
  const strategy = step && t(`terms.strategy.${step.strategy}`);
  console.log(
    strategy === undefined
      ? t('whyNot.ask', { skill: nameOf(skill) })
      : t('results.step', { number: why.place, skill: nameOf(skill), strategy }),
  );
  console.log(reason);
  const numbers = [
    `${t('terms.forecast')} ${format.estimate(why.forecast)}`,
    `${t('terms.mastery')} ${format.estimate(why.mastery)}`,
    t('student.gain', { gain: format.gain(why.gain) }),
  ];
  console.log(numbers.join(' · '));
  console.log(t(changes.length > 0 ? 'whatIf.title' : step ? 'whatIf.none' : 'whatIf.noneOff'));
  for (const { sentence } of changes) console.log(`  ${sentence}`);
}
