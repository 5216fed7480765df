import { WhyDrawer } from './why-drawer.tsx';
import { WhyNotDrawer } from './why-not-drawer.tsx';
import type { WhyNotDrawerProperties } from './why-not-drawer.tsx';

/** Why a skill is a step of the path, or why it is not. */
export function SkillDrawer({ student, skill, names, onClose }: WhyNotDrawerProperties) {
  const step = student.plan.steps.find((each) => each.skill === skill);
  return step === undefined ? (
    <WhyNotDrawer student={student} skill={skill} names={names} onClose={onClose} />
  ) : (
    <WhyDrawer student={student} step={step} names={names} onClose={onClose} />
  );
}
