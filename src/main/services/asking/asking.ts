import type { QuestionsToAsk } from '../../../shared/contract/asking.ts';
import { chooseQuestions } from '../../../learning/planning/ask.ts';
import { planFrom } from '../../../learning/planning/what-if.ts';
import type { GradebookReader } from '../ports.ts';
import type { Profiles } from '../profiles.ts';

/** Questions of a list where nobody says how many. */
const DEFAULT_COUNT = 5;
/** More questions than any course has. */
const ALL = 1_000_000;

export interface AskingOptions {
  readonly read: Pick<GradebookReader, 'searchQuestions'>;
  readonly profiles: Pick<Profiles, 'plan' | 'planning'>;
}

/**
 * What to ask a student next; only questions of the gradebook that were not taken out.
 * @throws PathlightError `no-such-student`
 */
export function questionsToAsk({ read, profiles }: AskingOptions, studentId: string, count = DEFAULT_COUNT): QuestionsToAsk {
  const student = profiles.planning(studentId);
  const { state, graph, skills, history } = student;
  const { questions, enough, error } = chooseQuestions({
    state,
    graph,
    targets: skills,
    questions: read.searchQuestions('', ALL),
    history,
    count,
    stepsAfter: (answer) => (answer ? planFrom(student, [...history, answer]) : profiles.plan(studentId)).steps,
  });
  return {
    questions: questions.map((each) => ({ ...each, skills: [...each.skills], tells: [...each.tells] })),
    enough: enough ?? null,
    error,
  };
}

export function askingHandlers(options: AskingOptions) {
  return {
    'students.ask': ({ studentId, count }: { readonly studentId: string; readonly count?: number | undefined }) =>
      questionsToAsk(options, studentId, count),
  };
}
