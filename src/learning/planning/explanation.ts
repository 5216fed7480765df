import type { PlanStep } from '../../shared/domain.ts';
import type { StrategyGround } from '../../shared/strategy.ts';

export const percent = (value: number): string => `${Math.round(value * 100)}%`;

export function list(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** "3 of 4 answers right", "scored 80% on 1 assignment", or both. */
function ownWords({ answers, right, marks = { count: 0, right: 0 } }: PlanStep['reason']): string {
  const questions = answers - marks.count;
  const parts: string[] = [];
  if (questions > 0) parts.push(`${Number((right - marks.right).toFixed(1))} of ${questions} answers right`);
  if (marks.count > 0)
    parts.push(
      marks.count === 1
        ? `scored ${percent(marks.right)} on 1 assignment`
        : `scored ${percent(marks.right / marks.count)} on average over ${marks.count} assignments`,
    );
  return parts.length === 0 ? 'no answers on it yet' : list(parts);
}

/** What decided how a step is worked, in plain English. */
const GROUNDS: Readonly<Record<StrategyGround, string>> = {
  mastered: 'it is known, so a review is enough',
  forecast: 'the forecast says how much support is right',
  cautious: 'the forecast is near the border to more support, so rather more',
  help: 'it took more hints or tries than it takes others, so with more support',
  time: 'right answers took longer than they take others, so with more support',
  slower: 'the forecast is near the border to more support, and practice has brought less so far than it brings others',
  quicker: 'the forecast is near the border to less support, and practice has brought more so far than it brings others',
  preference: 'the forecast leaves it open, and it is what the roster names as preferred',
  teacher: 'the teacher chose it',
};

const ago = (days: number): string =>
  days === 0 ? 'today' : days < 14 ? `${days} ${days === 1 ? 'day' : 'days'} ago` : `${Math.round(days / 7)} weeks ago`;

/** When a known skill was practised last, where that is known. */
function recallWords({ recall, answers }: PlanStep['reason']): string {
  if (recall) return ` Last practised ${ago(recall.days)}, chance of recall ${percent(recall.chance)}.`;
  return answers > 0 ? ' Its answers have no dates, so nobody can say when a review is due.' : '';
}

/** The step's reason as plain English sentences (command line and files); the screens make theirs from the same terms in the reader's language. */
export function explainStep(step: PlanStep, nameOf: (skill: string) => string): string {
  const { ground } = step;
  const how = ground === undefined || ground === 'forecast' || ground === 'mastered' ? '' : ` How: ${GROUNDS[ground]}.`;
  return `${explainKind(step, nameOf)}${how}`;
}

function explainKind(step: PlanStep, nameOf: (skill: string) => string): string {
  const { reason } = step;
  const forecast = `forecast ${percent(step.forecast.value)} ± ${Math.round(step.forecast.standardError * 100)}`;
  const own = ownWords(reason);
  const unlocks =
    reason.unlocks.length > 0
      ? ` It opens the way to ${list(reason.unlocks.slice(0, 3).map(nameOf))}${reason.unlocks.length > 3 ? ' and more' : ''}.`
      : '';
  const secure =
    reason.prerequisites.length > 0
      ? ` What it builds on: ${list(reason.prerequisites.map((each) => `${nameOf(each.skill)} (forecast ${percent(each.forecast.value)}${each.said ? `; the teacher says: ${each.said === 'known' ? 'known' : 'not yet'}` : ''})`))}.`
      : '';
  const chosen = reason.decided?.includes('strategy') ? ' The teacher chose how it is worked.' : '';
  const fitting = step.material?.some((each) => each.strategy === step.strategy) ? ' There is material for working it so.' : '';
  const notYet = reason.decided?.includes('not-known') ? ' The teacher says: not yet known.' : '';
  const named = reason.kind === 'teacher' || reason.kind === 'lead-over';
  const unshown =
    !named && reason.unready
      ? ` Not yet shown to be secure (the last answer was not right, or there is none): ${list(reason.unready.map(nameOf))}.`
      : '';
  return `${reasonWords(step, { own, forecast, unlocks, secure, nameOf })}${unshown}${notYet}${chosen}${fitting}`;
}

interface Parts {
  readonly own: string;
  readonly forecast: string;
  readonly unlocks: string;
  readonly secure: string;
  readonly nameOf: (skill: string) => string;
}

function reasonWords({ reason }: PlanStep, { own, forecast, unlocks, secure, nameOf }: Parts): string {
  switch (reason.kind) {
    case 'teacher':
      return `The teacher put it first: ${own}, ${forecast}.${reason.unready ? ` Not secure yet: ${list(reason.unready.map(nameOf))}.` : ''}${secure}${unlocks}`;
    case 'close-gap':
      return `A gap that later steps rest on: ${own}, ${forecast}.${unlocks}${secure}`;
    case 'goal':
      return `Asked for as a goal: ${own}, ${forecast}.${secure}`;
    case 'lead-over':
      return `Not secure yet: ${list((reason.unready ?? []).map(nameOf))}. What is ready would not take hold right after what was just practised; this leads on. ${own}, ${forecast}.${unlocks}`;
    case 'carry-over':
      return `Beside the goals, but practice on it was followed by better answers on other skills in this course: ${own}, ${forecast}.${secure}`;
    case 'find-out':
      return `Nothing is known about it yet (${own}); a few questions here tell most, ${forecast} from the other answers.${secure}`;
    case 'keep':
      return `Secure (${own}, ${forecast}); a short review keeps it so.${recallWords(reason)}`;
    case 'first-step':
      return `The course begins here; there are no answers to go by yet, ${forecast} from the course alone.${unlocks}`;
    case 'ready':
      return `Within reach: ${own}, ${forecast}.${secure}${unlocks}`;
  }
}
