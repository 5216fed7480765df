import { answersOn } from '../../../learning/planning/overrides.ts';
import type { Decision } from '../../../shared/decisions.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { Clock, Gradebook } from '../ports.ts';
import type { StoredDecision } from './ports.ts';

/** What a teacher decides about a student's path; each decision stands until it is taken back, and can then be let hold again. */
export interface Decisions {
  /** @throws PathlightError `no-such-student`, `no-such-skill`, `day-is-over` */
  decide(studentId: string, decision: Decision, note: string): { readonly decisionId: string };
  /** @returns false where it is so already @throws PathlightError `no-such-decision` */
  takeBack(decisionId: string): boolean;
  restore(decisionId: string): boolean;
  /** @throws PathlightError `no-such-decision` */
  find(decisionId: string): StoredDecision;
}

export function createDecisions(options: {
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
}): Decisions {
  const { gradebook, clock, newId } = options;
  const { read } = gradebook;
  return {
    decide(studentId, decision, note) {
      if (!read.student(studentId))
        throw new PathlightError('no-such-student', 'This student is not in the gradebook any more; nothing was changed.');
      const known = new Set(read.courseMap().skills.map(({ id }) => id));
      for (const skill of decision.kind === 'goal' ? decision.skills : [decision.skill])
        if (!known.has(skill))
          throw new PathlightError('no-such-skill', `There is no skill "${skill}" in the course; nothing was changed.`, {
            skill,
          });
      const at = clock();
      const ends = decision.kind === 'leave-out' ? decision.until : decision.kind === 'goal' ? decision.due : undefined;
      if (ends !== undefined && ends <= at)
        throw new PathlightError('day-is-over', 'The day must lie ahead; nothing was changed.');
      const id = newId();
      const answers = decision.kind === 'goal' ? 0 : answersOn(read.history(studentId).responses, decision.skill);
      gradebook.addDecision({ id, studentId, decision, note: note.trim(), answers, at });
      return { decisionId: id };
    },
    takeBack: (id) => gradebook.standDecision(id, false, clock()),
    restore: (id) => gradebook.standDecision(id, true, clock()),
    find(id) {
      const found = read.decision(id);
      if (!found)
        throw new PathlightError('no-such-decision', 'This decision is not in the gradebook any more; nothing was changed.');
      return found;
    },
  };
}
