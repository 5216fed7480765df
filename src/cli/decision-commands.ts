import { randomUUID } from 'node:crypto';
import { judgeDecisions } from '../learning/planning/overrides.ts';
import type { GradebookReader } from '../main/services/ports.ts';
import { createDecisions } from '../main/services/teacher/decisions.ts';
import type { Decision, DecisionState } from '../shared/decisions.ts';
import type { Strategy } from '../shared/strategy.ts';
import { PathlightError } from '../shared/errors.ts';
import { decisionLine } from '../renderer/features/student/decision-words.ts';
import type { Language } from '../renderer/i18n/language.ts';
import { skillNames } from '../shared/skill-names.ts';
import { withGradebook } from './gradebook-commands.ts';
import { wordsIn } from './words-in.ts';

export interface DecideOptions {
  readonly data: string;
  readonly student?: string;
  readonly first?: string;
  readonly leaveOut?: string;
  /** Milliseconds since 1970 UTC. */
  readonly until?: number;
  readonly known?: string;
  readonly notKnown?: string;
  readonly strategy?: { readonly skill: string; readonly strategy: Strategy };
  readonly goal?: readonly string[];
  readonly due?: number;
  readonly minutes?: number;
  readonly note: string;
  readonly takeBack?: string;
  readonly restore?: string;
  readonly json?: boolean;
}

/** The one thing that is decided; undefined where it is none or several. */
export function decisionIn(options: DecideOptions, skillOf: (text: string) => string): Decision | undefined {
  const { first, leaveOut, known, notKnown, strategy, goal, until, due, minutes } = options;
  const said: Decision[] = [
    ...(first === undefined ? [] : [{ kind: 'first' as const, skill: skillOf(first) }]),
    ...(leaveOut === undefined
      ? []
      : [{ kind: 'leave-out' as const, skill: skillOf(leaveOut), ...(until === undefined ? {} : { until }) }]),
    ...(known === undefined ? [] : [{ kind: 'known' as const, skill: skillOf(known) }]),
    ...(notKnown === undefined ? [] : [{ kind: 'not-known' as const, skill: skillOf(notKnown) }]),
    ...(strategy === undefined
      ? []
      : [{ kind: 'strategy' as const, skill: skillOf(strategy.skill), strategy: strategy.strategy }]),
    ...(goal === undefined
      ? []
      : [
          {
            kind: 'goal' as const,
            skills: goal.map(skillOf),
            ...(due === undefined ? {} : { due }),
            ...(minutes === undefined ? {} : { minutesAWeek: minutes }),
          },
        ]),
  ];
  return said.length === 1 ? said[0] : undefined;
}

/** The skill of this id, or else the only one of this name. @throws PathlightError `no-such-skill` */
export function skillFinder(read: GradebookReader): (text: string) => string {
  const { skills } = read.courseMap();
  return (text) => {
    const found = skills.find(({ id }) => id === text) ?? only(skills.filter(({ name }) => name === text));
    if (!found)
      throw new PathlightError('no-such-skill', `There is no skill "${text}" in the course; nothing was changed.`, {
        skill: text,
      });
    return found.id;
  };
}
const only = <Value>(values: readonly Value[]): Value | undefined => (values.length === 1 ? values[0] : undefined);

/** Makes a decision about a student's path, takes one back, or lets it hold again. */
export function decideCommand(options: DecideOptions): Promise<void> {
  return withGradebook(options.data, (gradebook) => {
    const decisions = createDecisions({ gradebook, clock: () => Date.now(), newId: randomUUID });
    const say = (id: string, words: string): void => console.log(options.json ? JSON.stringify({ decision: id }) : words);
    const back = options.takeBack ?? options.restore;
    if (back !== undefined) {
      const changed = options.takeBack === undefined ? decisions.restore(back) : decisions.takeBack(back);
      say(
        back,
        changed ? (options.takeBack === undefined ? 'It holds again.' : 'Taken back.') : 'It is so already; nothing was changed.',
      );
      return Promise.resolve();
    }
    const decision = decisionIn(options, skillFinder(gradebook.read))!;
    const { decisionId } = decisions.decide(options.student!, decision, options.note);
    say(decisionId, `Decided (${decisionId}; pathlight decide --take-back takes it back).`);
    return Promise.resolve();
  });
}

export interface DecisionsOptions {
  readonly data: string;
  readonly student?: string;
  /** Also what was taken back. */
  readonly history?: boolean;
  readonly language: Language;
  readonly json?: boolean;
}

/** Lists decisions of one student or of all. @throws PathlightError `no-such-student` */
export function decisionsCommand({ data, student, history, language, json }: DecisionsOptions): Promise<void> {
  return withGradebook(data, ({ read }) => {
    if (student !== undefined && !read.student(student))
      throw new PathlightError('no-such-student', `There is no student "${student}" in the gradebook. Check the id.`, {
        student,
      });
    const { skills } = read.courseMap();
    const names = new Map(skills.map(({ id, name }) => [id, name]));
    const ground = { skills: new Set(names.keys()), at: Date.now() };
    const students = student === undefined ? read.students(null).map(({ id }) => id) : [student];
    const listed = students.flatMap((studentId) => {
      const held = read.decisions(studentId);
      if (held.length === 0) return [];
      const judged = judgeDecisions(
        held.filter(({ stands }) => stands),
        { ...ground, history: read.history(studentId).responses },
      );
      const states = new Map<string, DecisionState>(judged.map(({ id, state }) => [id, state]));
      return held
        .filter(({ stands }) => stands || history)
        .map(({ id, at, note, decision }) => ({
          student: studentId,
          id,
          at,
          note,
          decision,
          state: states.get(id) ?? ('taken-back' as const),
        }));
    });
    const { t, format } = wordsIn(language);
    const nameOf = skillNames(skills);
    if (json) console.log(JSON.stringify({ decisions: listed }, undefined, 1));
    else if (listed.length === 0) console.log(t('decisions.nothing'));
    else
      for (const each of listed) {
        const state = t(`decisions.state.${each.state}`);
        console.log(`${each.student}: ${decisionLine(each, nameOf, t, format)}; ${state} [${each.id}]`);
      }
    return Promise.resolve();
  });
}
