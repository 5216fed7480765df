import { list, percent } from './explanation.ts';
import type { Effect, Supposition } from './what-if.ts';
import type { WhyNot } from './why-not.ts';

type NameOf = (skill: string) => string;

const points = (value: number): string => `${value.toFixed(Math.abs(value) < 1 ? 2 : 1)} points`;

/** Why a skill is not on the path as plain English (command line); the screens make theirs from the same terms. */
export function explainWhyNot(why: WhyNot, nameOf: NameOf): string {
  const bar = percent(why.bar ?? 0);
  const turn = why.place === undefined ? '' : ` Its turn would be step ${why.place}.`;
  switch (why.kind) {
    case 'on-path':
      return `It is step ${why.place} of the path.`;
    case 'not-goal':
      return 'No skill aimed at builds on it.';
    case 'certain':
      return `The next answer is forecast right with ${percent(why.forecast.value)}; above ${bar} practice brings nothing more.`;
    case 'mastered':
      return `It counts as mastered (${percent(why.mastery.value)}, from ${bar} on); a short review comes when nothing that can be learned is left.`;
    case 'prerequisite':
      return `What it builds on is not secure yet: ${list(
        why.prerequisites.map(
          ({ skill, forecast, after }) =>
            `${nameOf(skill)} (forecast ${percent(forecast.value)} ± ${Math.round(forecast.standardError * 100)}, after this path at least ${percent(after)})`,
        ),
      )}. The lower end of its forecast must reach ${bar}.`;
    case 'out-of-reach':
      return `It is out of reach for now: forecast ${percent(why.forecast.value)}, and practice takes hold from ${bar} on.`;
    case 'smaller-gain':
      return `It would bring ${points(why.gain.value)}; every step of the path brings more, the smallest (${nameOf(why.least!.skill)}) ${points(why.least!.gain.value)}.${turn}`;
    case 'beyond-steps':
      return `It can be practised, but the path has ${why.steps} steps, and others come first.${turn}`;
    case 'left-out':
      return 'The teacher left it out.';
    case 'said-known':
      return 'The teacher says that the student knows it; a short review comes when nothing that can be learned is left.';
    case 'look-ahead':
      return `Over the coming answers, practice on the steps of the path brings more, also later on.${turn}`;
  }
}

/** "2 right answers on Fractions: it would leave the path." */
export function explainSupposition({ change, effect }: Supposition, nameOf: NameOf): string {
  const answers = `${change.count} ${change.kind === 'without' ? '' : `${change.kind} `}${change.count === 1 ? 'answer' : 'answers'} on ${nameOf(change.skill)}`;
  return `${change.kind === 'without' ? `Without the ${answers}` : answers}: ${effectWords(effect, nameOf)}.`;
}

function effectWords(effect: Effect, nameOf: NameOf): string {
  switch (effect.kind) {
    case 'leaves':
      return 'it would leave the path';
    case 'joins':
      return `it would be step ${effect.place} (${effect.strategy})`;
    case 'strategy':
      return `it would be worked as ${effect.strategy}`;
    case 'reason':
      return `its reason would be ${effect.reason}`;
    case 'later':
      return `it would be step ${effect.place}, after ${list(effect.first.map(nameOf))}`;
  }
}
