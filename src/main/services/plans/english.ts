import type { SheetLabels } from '../../../shared/contract/plans.ts';
import type { Plan, StepReason } from '../../../shared/domain.ts';
import { explainConflict } from '../../../learning/planning/explain-decision.ts';
import { list } from '../../../learning/planning/explanation.ts';
import type { PlanSheet } from './sheet.ts';

/** Labels of the command line, which has no other language. */
export const ENGLISH_LABELS: SheetLabels = {
  language: 'en',
  title: 'Study plan',
  number: 'Plan no.',
  student: 'Student',
  step: 'Step',
  skill: 'Skill',
  strategy: 'Strategy',
  lesson: 'Lesson',
  minutes: 'min',
  forecast: 'Forecast',
  mastery: 'Mastery',
  expectedGain: 'Expected gain (points)',
  reason: 'Reason',
  done: 'Done',
  stamp: 'Rests on',
  howWasIt: 'How was it?',
  feelings: ['easy', 'just right', 'hard'],
  questions: 'What I want to ask:',
  decisions: 'What the teacher decided',
  notes: 'The teacher’s notes',
  material: 'Material',
  practice: {
    title: 'Practice',
    see: 'Practice page',
    example: 'Worked example',
    faded: 'Finish this example',
    questions: 'Now you',
    answer: 'Answer:',
    result: 'Answer',
    solutions: 'Solutions',
    number: 'No.',
    question: 'Question',
    way: 'How',
  },
  strategies: {
    'worked-example': 'Worked example, then questions',
    faded: 'Faded example, then questions',
    practice: 'Practice',
    'mixed-practice': 'Mixed practice',
    review: 'Review',
  },
  tasks: {
    'worked-example': 'Read a solved example first. Then try some questions.',
    faded: 'Finish an example that is half solved. Then try some questions.',
    practice: 'Practise with some questions.',
    'mixed-practice': 'Practise, with other topics in between.',
    review: 'Go over it once more, briefly.',
  },
};

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/** "12 answers", "3 marks", "12 answers and 3 marks". */
function evidence({ answers, marks = 0 }: Plan): string {
  const questions = answers - marks;
  const parts = [
    ...(questions > 0 || marks === 0 ? [count(questions, 'answer')] : []),
    ...(marks > 0 ? [count(marks, 'mark')] : []),
  ];
  return parts.join(' and ');
}

/** "Week 1, lesson 2" for each step; undefined where nobody said how much time there is. */
const lessonsOf = ({ steps, schedule }: Plan): string[] | undefined =>
  schedule &&
  steps.map((_, index) =>
    list(
      schedule.lessons
        .filter(({ parts }) => parts.some(({ step }) => step === index))
        .map(({ week, lesson }) => `week ${week}, lesson ${lesson}`),
    ),
  );

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** What has no room in the time, and when the next review is due. */
function remarksOf({ schedule, nextReview, undated, conflicts = [] }: Plan, nameOf: (skill: string) => string): string[] {
  return [
    ...conflicts.map((each) => explainConflict(each, nameOf)),
    ...(schedule
      ? [
          `Until ${day(schedule.until)} there are ${schedule.available} minutes; the steps take ${schedule.planned}. ${
            schedule.left.length === 0
              ? 'All that is left to learn has room.'
              : `${schedule.full ? 'No room is left for' : 'There is time for more once these steps are done:'} ${list(schedule.left.slice(0, 3).map(nameOf))}${schedule.left.length > 3 ? ` and ${schedule.left.length - 3} more` : ''}.`
          }`,
        ]
      : []),
    ...(nextReview ? [`Next review: ${nameOf(nextReview.skill)}, due on ${day(nextReview.due)}.`] : []),
    ...(undated === undefined || nextReview
      ? []
      : [`Answers on known skills have no dates (${undated}): nobody can say when their reviews are due.`]),
  ];
}

/** @param reasons one sentence a step @param model what the plan's model is called @param decisions what the teacher had decided, a sentence each */
export function englishSheet(
  plan: Plan,
  reasons: readonly string[],
  model: string,
  nameOf: (skill: string) => string,
  decisions: readonly string[] = [],
): PlanSheet {
  const lessons = lessonsOf(plan);
  const lead =
    plan.answers === 0
      ? 'No answers yet: this plan rests on the course and on what is usual elsewhere.'
      : `Rests on ${evidence(plan)}${plan.notEnoughEvidence ? '; not enough evidence yet to say much' : ''}.`;
  return {
    plan,
    studentName: plan.student,
    words: {
      lead,
      reasons: [...reasons],
      ...(lessons ? { lessons } : {}),
      remarks: remarksOf(plan, nameOf),
      decisions: [...decisions],
      stamp: `${model}; ${evidence(plan)}`,
    },
  };
}

/** Why a step is on the path, said to the student: no number, nothing that compares or blames. */
const KIND_REASONS: Readonly<Record<StepReason['kind'], string>> = {
  'close-gap': 'With this in place, what comes later gets easier.',
  ready: 'You are ready for this one.',
  'find-out': 'Try a few, so that your teacher sees what helps you most.',
  keep: 'You know this. A short look keeps it fresh.',
  goal: 'Your teacher chose this for you.',
  'first-step': 'A good place to start.',
  teacher: 'Your teacher chose this to come next.',
  'lead-over': 'A short look ahead that leads on to the next topic.',
};

/** The same for the student to read. */
export function englishStudentSheet(plan: Plan, model: string, nameOf: (skill: string) => string): PlanSheet {
  const sheet = englishSheet(
    plan,
    plan.steps.map(({ reason }) => KIND_REASONS[reason.kind]),
    model,
    nameOf,
  );
  const lead =
    plan.steps.length === 0
      ? 'There is no next step right now. Well done – ask your teacher what comes next.'
      : 'These are your next steps. Take them one after the other, and tick each one when it is done.';
  return { ...sheet, words: { ...sheet.words, lead, remarks: [] } };
}
