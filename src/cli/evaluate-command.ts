import { writeFileSync } from 'node:fs';
import { readModel } from '../main/services/model-store.ts';
import { allBaselines, restoreBaseline } from '../learning/baselines/restore-baseline.ts';
import { BASELINE_NAME, ensembleForecaster, OUR_NAME } from '../learning/evaluation/forecasters.ts';
import { forecastWindows } from '../learning/evaluation/protocol.ts';
import type { Forecaster, QueryWindow } from '../learning/evaluation/protocol.ts';
import { bestBaseline, evaluationReport } from '../learning/evaluation/report.ts';
import type { EvaluationReport, ModelDifference, ModelFigures, ReportPoint } from '../learning/evaluation/report.ts';
import type { Difference } from '../learning/evaluation/paired-bootstrap.ts';
import { createMember } from '../learning/members.ts';
import { createRandom } from '../learning/random.ts';
import { toResponseTable } from '../learning/responses.ts';
import { knowledgeColumns } from '../learning/student-model/course.ts';
import { PathlightError } from '../shared/errors.ts';
import { resolveTyped } from './paths.ts';
import { readResponses } from './read-responses.ts';

export interface EvaluateOptions {
  readonly model: string;
  readonly responses: string;
  readonly after: readonly number[];
  readonly json?: string;
}

/** Judges a stored model beside its baselines on the answers of students that it has not seen. */
export async function evaluateCommand(options: EvaluateOptions): Promise<void> {
  const model = readModel(resolveTyped(options.model));
  const table = toResponseTable(await readResponses([options.responses]), model.vocabulary);
  const knowledge = knowledgeColumns(table, model.course, () => false);
  const students = table.students.map((_, student) => student);
  const windowsOf = (forecaster: Forecaster) => forecastWindows(table, students, forecaster, options.after);
  const { questionCount } = model.course.statistics;
  const report = evaluationReport({
    table,
    models: [
      {
        name: OUR_NAME,
        windows: windowsOf(ensembleForecaster(model.members.map(createMember), table, knowledge, undefined, model.recalibration)),
      },
      ...allBaselines(model.course, model.baselines.map(restoreBaseline)).map(({ name, forecaster }) => ({
        name,
        windows: windowsOf(forecaster(table)),
      })),
    ],
    seen: (question) => (questionCount[question] ?? 0) > 0,
    random: createRandom(1),
  });
  if (report.points.length === 0)
    throw new PathlightError('nothing-to-judge', 'No student has an answer beyond the support set; there is nothing to judge.');
  console.log(describeReport(report));
  if (options.json) writeFileSync(resolveTyped(options.json), `${JSON.stringify(reportAsJson(report), undefined, 1)}\n`);
}

/** The report, each point also with the fields of our model beside shrunk IRT that readers of the file have always found there. */
function reportAsJson({ points, ...rest }: EvaluationReport) {
  return {
    baseline: BASELINE_NAME,
    ...rest,
    points: points.map((point) => {
      const [{ model: _, ...ours }] = point.figures as [ModelFigures];
      const difference = point.differences.find(({ model }) => model === BASELINE_NAME)?.auc ?? null;
      return {
        after: point.after,
        window: point.window,
        students: point.students,
        questions: point.questions,
        ...ours,
        baselineAuc: point.figures.find(({ model }) => model === BASELINE_NAME)?.auc ?? null,
        difference,
        figures: point.figures,
        differences: point.differences,
      };
    }),
  };
}

const WINDOWS: Readonly<Record<QueryWindow, string>> = {
  fixed: 'Answers 21 to 30: the same questions for every number of answers known',
  next: 'The 10 answers after those known',
};
const NAME_WIDTH = 16;
const CELL_WIDTH = 8;

const number = (value: number | null | undefined, digits = 4): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits);
const signed = (value: number): string => (value < 0 ? `−${(-value).toFixed(4)}` : `+${value.toFixed(4)}`);
const interval = (difference: Difference | null | undefined): string =>
  difference ? `${signed(difference.value)} [${signed(difference.low)}, ${signed(difference.high)}]` : '–';
const row = (name: string, cells: readonly string[]): string =>
  `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(CELL_WIDTH)).join(' ')}`;

function describeReport(report: EvaluationReport): string {
  const windows = (['fixed', 'next'] as const).filter((window) => report.points.some((point) => point.window === window));
  return [
    ...windows.flatMap((window) => [...describeWindow(report, window), '']),
    ...describeGroups(report),
    `Differences are ${report.models[0]} minus the other, with 95% intervals of a paired bootstrap over students (${report.replicates} resamples).`,
  ].join('\n');
}

function describeWindow(report: EvaluationReport, window: QueryWindow): string[] {
  const points = report.points.filter((point) => point.window === window);
  const mean = report.means.find((each) => each.window === window)!;
  const best = bestBaseline(report) ?? BASELINE_NAME;
  const measure = (title: string, value: (figures: ModelFigures) => string, means?: (index: number) => string): string[] => [
    row(title, [...points.map(({ after }) => `k=${after}`), ...(means ? ['mean'] : [])]),
    ...report.models.map((model, index) =>
      row(model, [...points.map((point) => value(point.figures[index]!)), ...(means ? [means(index)] : [])]),
    ),
  ];
  const asked = (pick: (point: ReportPoint) => number): string[] => points.map((point) => String(pick(point)));
  return [
    WINDOWS[window],
    row(
      'students',
      asked(({ students }) => students),
    ),
    row(
      'questions',
      asked(({ questions }) => questions),
    ),
    ...measure(
      'AUC',
      ({ auc }) => number(auc),
      (index) => number(mean.figures[index]!.auc),
    ),
    ...measure('AUC in student', ({ aucWithinStudent }) => number(aucWithinStudent)),
    ...measure(
      'log-loss',
      ({ logLoss }) => number(logLoss),
      (index) => number(mean.figures[index]!.logLoss),
    ),
    ...measure('Brier', ({ brier }) => number(brier)),
    ...measure('ECE', ({ ece, ecePerfect }) => `${number(ece, 3)}${ece <= ecePerfect ? ' ' : '*'}`),
    '  * above what 95% of perfectly calibrated models would show',
    `  Differences, mean over k${' '.repeat(6)}${'AUC'.padEnd(30)}log-loss`,
    ...mean.differences.map((each) => describeDifference(`− ${each.model}`, each)),
    `  Differences from ${best}${' '.repeat(Math.max(1, 13 - best.length))}${'AUC'.padEnd(30)}log-loss`,
    ...points.flatMap(({ after, differences }) =>
      differences.filter(({ model }) => model === best).map((each) => describeDifference(`k=${after}`, each)),
    ),
  ];
}

const describeDifference = (title: string, { auc, logLoss }: ModelDifference): string =>
  `  ${title.padEnd(30)}${interval(auc).padEnd(30)}${interval(logLoss)}`;

const GROUPS = {
  'tercile-low': 'students with the fewest right answers, lowest third',
  'tercile-middle': 'middle third',
  'tercile-high': 'highest third',
  seen: 'questions that were answered in training',
  unseen: 'questions that were not',
} as const;

function describeGroups(report: EvaluationReport): string[] {
  const best = bestBaseline(report);
  if (report.groups.length === 0 || report.groupsWindow === null) return [];
  return [
    `After ${report.groupsAfter} answers (${report.groupsWindow} window), by group`,
    ...report.groups.flatMap(({ name, students, questions, figures, differences }) => [
      `  ${GROUPS[name]}: ${students} students, ${questions} questions`,
      ...figures
        .filter(({ model }, index) => index === 0 || model === best)
        .map(
          ({ model, auc, logLoss, brier, ece }) =>
            `    ${model.padEnd(NAME_WIDTH)}AUC ${number(auc)}  log-loss ${number(logLoss)}  Brier ${number(brier)}  ECE ${number(ece, 3)}`,
        ),
      ...differences
        .filter(({ model }) => model === best)
        .map(({ auc, logLoss }) => `    ${'difference'.padEnd(NAME_WIDTH)}AUC ${interval(auc)}, log-loss ${interval(logLoss)}`),
    ]),
    '',
  ];
}
