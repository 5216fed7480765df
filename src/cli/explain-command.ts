import { explainConflict } from '../learning/planning/explain-decision.ts';
import { explainSupposition, explainWhyNot } from '../learning/planning/explain-why-not.ts';
import { explainStep } from '../learning/planning/explanation.ts';
import { whyNotWithGainFactor } from '../learning/planning/gain-factor.ts';
import { makePlan } from '../learning/planning/plan.ts';
import { whatIf } from '../learning/planning/what-if.ts';
import { whyNot } from '../learning/planning/why-not.ts';
import { PathlightError } from '../shared/errors.ts';
import { readPlanningSource } from './planning-source.ts';

export interface ExplainOptions {
  readonly data: string;
  readonly student: string;
  readonly skill: string;
  readonly model?: string;
  readonly goals?: string;
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
  const against = (plan.conflicts ?? []).filter(({ goal }) => goal === skill).map((each) => explainConflict(each, nameOf));
  const reason = [step ? explainStep(step, nameOf) : explainWhyNot(why, nameOf), ...against].join(' ');
  if (options.json) {
    console.log(
      JSON.stringify({ student: options.student, skill, onPath: step !== undefined, reason, why, suppositions }, undefined, 1),
    );
    return;
  }
  console.log(`${nameOf(skill)}: ${step ? `step ${why.place}, ${step.strategy}.` : 'not on the path.'} ${reason}`);
  console.log(suppositions.length > 0 ? 'What would change this:' : 'No small change of the answers would change this.');
  for (const each of suppositions) console.log(`  ${explainSupposition(each, nameOf)}`);
}
