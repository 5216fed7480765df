import type { PlanAudience, PlanStamp, SheetLabels, SheetWords } from '../../../shared/contract/plans.ts';
import type { DecisionRecord } from '../../../shared/decisions.ts';
import { STRATEGIES } from '../../../shared/strategy.ts';
import type { Plan, PlanStep, StepReason } from '../../../shared/domain.ts';
import type { Strategy } from '../../../shared/strategy.ts';
import type { Format } from '../../i18n/format.ts';
import { LANGUAGE_TAGS } from '../../i18n/language.ts';
import type { Translate } from '../../i18n/words.ts';
import { conflictSentences, decisionWords } from '../student/decision-words.ts';
import { evidenceWords, reasonSentence, shorten } from '../student/reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { lessonWords, reviewSentence, scheduleSentence } from '../student/schedule-words.ts';

/** What is the same on every sheet. */
export function sheetLabels(t: Translate, format: Format): SheetLabels {
  const byStrategy = (word: (strategy: Strategy) => string): Record<Strategy, string> =>
    Object.fromEntries(STRATEGIES.map((strategy) => [strategy, word(strategy)])) as Record<Strategy, string>;
  return {
    language: LANGUAGE_TAGS[format.language],
    title: t('plans.sheet.title'),
    back: t('plans.sheet.back'),
    number: t('plans.sheet.number'),
    student: t('plans.sheet.student'),
    step: t('plans.sheet.step'),
    skill: t('plans.sheet.skill'),
    strategy: t('plans.sheet.strategy'),
    lesson: t('plans.sheet.lesson'),
    minutes: t('plans.sheet.minutes'),
    forecast: t('plans.sheet.forecast'),
    mastery: t('plans.sheet.mastery'),
    expectedGain: t('plans.sheet.expectedGain'),
    reason: t('plans.sheet.reason'),
    done: t('plans.sheet.done'),
    stamp: t('plans.sheet.stampTitle'),
    howWasIt: t('plans.sheet.howWasIt'),
    feelings: [t('plans.sheet.easy'), t('plans.sheet.right'), t('plans.sheet.hard')],
    questions: t('plans.sheet.questions'),
    decisions: t('plans.sheet.decisions'),
    notes: t('plans.sheet.notes'),
    material: t('plans.sheet.material'),
    practice: {
      title: t('practice.title'),
      see: t('practice.see'),
      example: t('practice.example'),
      faded: t('practice.faded'),
      questions: t('practice.questions'),
      answer: t('practice.answer'),
      result: t('practice.result'),
      solutions: t('practice.solutions'),
      number: t('practice.number'),
      question: t('practice.question'),
      way: t('practice.way'),
    },
    strategies: byStrategy((strategy) => t(`terms.strategy.${strategy}`)),
    tasks: byStrategy((strategy) => t(`plans.tasks.${strategy}`)),
  };
}

/**
 * Why each step is on the path, said to the student: no number, nothing that compares or blames. What holds for several steps is said in full once; then briefly, and only
 * where nothing of the step's own is left to say.
 */
export function kindReasons(steps: readonly PlanStep[], names: SkillNames, t: Translate, format: Format): string[] {
  const places = new Map(steps.map(({ skill }, index) => [skill, index]));
  const told = new Map<StepReason['kind'], number>();
  return steps.map(({ reason }, index) => {
    const { kind, unlocks, prerequisites } = reason;
    const times = told.get(kind) ?? 0;
    told.set(kind, times + 1);
    const before = prerequisites.flatMap(({ skill }) => {
      const place = places.get(skill);
      return place !== undefined && place < index ? [place] : [];
    });
    const own =
      kind === 'keep'
        ? []
        : [
            ...(before.length === 0
              ? []
              : [t('plans.kind.follows', { list: format.list(before.map((place) => String(place + 1))) })]),
            ...(unlocks.length === 0 ? [] : [t('plans.kind.leadsTo', { list: shorten(unlocks.map(names), t, format, 2) })]),
          ];
    const why = times === 0 ? [t(`plans.kind.${kind}`)] : times === 1 || own.length === 0 ? [t(`plans.kindAgain.${kind}`)] : [];
    return [...why, ...own].join(format.language === 'zh' ? '' : ' ');
  });
}

/** That expected gains follow from what came of earlier plans. */
export const gainFactorWords = (factor: number, t: Translate, format: Format): string =>
  t('plans.sheet.factor', { factor: format.number(factor, 2) });

/** Model, data and evidence in one line, so that a sheet can be told from a later one. */
function stampLine(plan: Plan, stamp: PlanStamp, t: Translate, format: Format): string {
  const parts = [
    stamp.modelTrainedAt === null
      ? t('plans.sheet.starterModel')
      : t('plans.sheet.ownModel', {
          date: format.date(stamp.modelTrainedAt),
          students: t('terms.students', { count: stamp.pastStudents }),
        }),
    ...(stamp.dataAt === null ? [] : [t('plans.sheet.dataOf', { date: format.date(stamp.dataAt) })]),
    plan.answers === 0 ? t('terms.noAnswers') : evidenceWords(plan, t, format),
    `Pathlight ${stamp.version}`,
  ];
  return parts.join(' · ');
}

/** What was decided, when, and what the teacher noted with it. */
function decisionLine({ decision, at, note }: DecisionRecord, names: SkillNames, t: Translate, format: Format): string {
  const made = t('decisions.made', { day: format.date(at) });
  const what = decisionWords(decision, names, t, format);
  return [`${what} (${made})`, ...(note === '' ? [] : [note])].join(' – ');
}

function teacherRemarks(plan: Plan, names: SkillNames, t: Translate, format: Format): string[] {
  const review = reviewSentence(plan, names, t, format);
  return [
    ...conflictSentences(plan, names, t, format),
    ...(plan.schedule ? [scheduleSentence(plan.schedule, names, t, format)] : []),
    ...(review === undefined ? [] : [review]),
  ];
}

/** Everything that is said about one student's plan, for the one who will read it. */
export function sheetWords(
  plan: Plan,
  audience: PlanAudience,
  stamp: PlanStamp,
  names: SkillNames,
  t: Translate,
  format: Format,
): SheetWords {
  const teacherLead = plan.notEnoughEvidence
    ? plan.answers === 0
      ? t('plans.sheet.noEvidence')
      : t('plans.sheet.thin', { what: evidenceWords(plan, t, format) })
    : t('plans.sheet.basis', { what: evidenceWords(plan, t, format) });
  const factor = plan.gainFactor === undefined ? [] : [gainFactorWords(plan.gainFactor.value, t, format)];
  return {
    studentId: plan.student,
    lead:
      audience === 'teacher'
        ? [teacherLead, ...factor].join(format.language === 'zh' ? '' : ' ')
        : plan.steps.length === 0
          ? t('plans.sheet.nothing')
          : t('plans.sheet.begin'),
    reasons:
      audience === 'teacher'
        ? plan.steps.map((step) => reasonSentence(step, names, t, format))
        : kindReasons(plan.steps, names, t, format),
    ...(plan.schedule ? { lessons: plan.steps.map((_, index) => lessonWords(plan.schedule!, index, t, format)) } : {}),
    // What has no room is the teacher's to know.
    remarks: audience === 'teacher' ? teacherRemarks(plan, names, t, format) : [],
    stamp: stampLine(plan, stamp, t, format),
    ...(audience === 'student' || plan.decisions === undefined
      ? {}
      : { decisions: plan.decisions.map((each) => decisionLine(each, names, t, format)) }),
  };
}
