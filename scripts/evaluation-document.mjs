// The words and tables of docs/evaluation.md, from the JSON of `pathlight compare`. Used by evaluate-all.mjs.

const INTRODUCTION = (seed) => `# Evaluation

Written by \`npm run --silent evaluation\`; seed ${seed}. Change the words in \`scripts/evaluation-document.mjs\`, not here.

How well does a model forecast students whom it has never met, from their first few answers? Every model below is trained on the same past
students by the same command, \`pathlight compare\`, and judged on the same other students, none of whose answers trained anything or chose any
setting.

- **Data.** Real students' answers: assist2009 (US middle-school mathematics, in time order), junyi (Taiwanese mathematics exercises, where the
  order is that of the file and not of time), statics2011 (a college engineering course with few students: supportive only). They are for research
  and are not shipped; only figures are.
- **Protocol.** Students are disjoint. Support is the first k answers. Two windows are asked: *fixed* is answers 21 to 30, the same for every k, so
  that it shows what each answer teaches; *next* is the 10 answers after the k-th. Everything is frozen after k: no asked answer is ever seen.
  Students with at least 30 answers judge.
- **Models.** A learner's row is what \`pathlight train --learner\` gives and the product uses: what the learner trained, together with the closed form
  and the starter, weighted on held-back past students, and with a published model where that forecast them better. The row *alone* is only what the
  learner trained; where the product leaves that out because it did not pay on held-back students, its share is 0. *phi* fits a few numbers to a student over a shared
  network, *network* fits every weight of a small one.
- **Baselines.** Question mean, IRT (Rasch, MAP), shrunk IRT (closed form), PFA, logistic regression (Best-LR), BKT for each skill, DKT with questions.
  Their settings are chosen on past students, too.
- **Differences** are to the best peer: the baseline with the highest mean AUC on the very students who judge, which flatters it. Intervals are 95%, of
  a paired bootstrap over students.
- **Calibration.** ECE has 15 bins of equal mass. In brackets: what 95% of perfectly calibrated models would stay below, given these forecasts.

Run it again: put the data sets into \`../shared/data\`, or name their folder in \`PATHLIGHT_DATA\` or with \`--data\`; then
\`npm run --silent evaluation\`, which takes about two hours on two cores. \`--only assist2009\` runs one data set; what ran already with the same code is kept
in the folder that \`--cache\` names.
`;

const WINDOWS = { fixed: 'Fixed window (answers 21 to 30)', next: 'Next window (the 10 answers after k)' };
const GROUPS = {
  'tercile-low': 'lowest third of students',
  'tercile-middle': 'middle third',
  'tercile-high': 'highest third',
  seen: 'questions seen in training',
  unseen: 'unseen questions',
};

const short = (value, digits) => (value === null || value === undefined ? '–' : value.toFixed(digits).replace(/^(-?)0\./, '$1.'));
const signed = (value) => (value < 0 ? `−${short(-value, 4)}` : `+${short(value, 4)}`);
const interval = (difference) =>
  difference ? `${signed(difference.value)} (${signed(difference.low)} to ${signed(difference.high)})` : '–';

function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** Models of a report as rows, one cell for each k of the window. */
function byK(report, window, cell, ends = [], endOf = () => []) {
  const after = report.asked.filter((asked) => asked.window === window).map((asked) => asked.after);
  return table(
    ['model', ...after.map((k) => `k=${k}`), ...ends],
    report.models.map((model) => [
      model.model,
      ...after.map((k) => cell(model.points.find((point) => point.window === window && point.after === k))),
      ...endOf(model),
    ]),
  );
}

function aucTables(report) {
  return windowsOf(report).map(
    (window) =>
      `${WINDOWS[window]}: AUC\n\n${byK(
        report,
        window,
        ({ auc }) => short(auc, 4),
        ['mean', report.bestPeer ? `mean less ${report.bestPeer}` : 'difference'],
        ({ means }) => {
          const mean = means.find((each) => each.window === window);
          return [short(mean?.auc, 4), interval(mean?.difference?.auc)];
        },
      )}`,
  );
}

const windowsOf = (report) => ['fixed', 'next'].filter((window) => report.asked.some((asked) => asked.window === window));

function whole(report) {
  const [window] = windowsOf(report);
  const count = report.asked.find((asked) => asked.window === window);
  return [
    `${report.pastStudents} past students; ${count.students} new students judge, with ${count.questions} answers a window.`,
    ...aucTables(report),
    ...windowsOf(report).map(
      (each) =>
        `${WINDOWS[each]}: ECE\n\n${byK(report, each, ({ ece, ecePerfect }) => `${short(ece, 3)} (${short(ecePerfect, 3)})`)}`,
    ),
    `${WINDOWS[window]}: Brier score\n\n${byK(report, window, ({ brier }) => short(brier, 4))}`,
    `${WINDOWS[window]}: log-loss\n\n${byK(report, window, ({ logLoss }) => short(logLoss, 4))}`,
    `${WINDOWS[window]}: AUC within a student\n\n${byK(report, window, ({ aucWithinStudent }) => short(aucWithinStudent, 4))}`,
    ...groups(report),
    `Training\n\n${table(
      ['model', 'seconds', 'weights of its members'],
      report.models
        .filter(({ kind }) => kind !== 'trained-part')
        .map(({ model, seconds, composition }) => [model, seconds.toFixed(1), weightsOf(composition)]),
    )}`,
  ];
}

const weightsOf = (composition) =>
  Object.entries(composition)
    .map(([name, weight]) => `${name} ${short(weight, 2)}`)
    .join(', ') || '–';

function groups(report) {
  const names = [...new Set(report.models.flatMap((model) => model.groups.map(({ name }) => name)))];
  if (names.length === 0) return [];
  return [
    `By group, after ${report.groupsAfter} answers: AUC, ECE\n\n${table(
      ['model', ...names.map((name) => GROUPS[name])],
      report.models.map(({ model, groups: own }) => [
        model,
        ...names.map((name) => {
          const group = own.find((each) => each.name === name);
          return group ? `${short(group.auc, 4)}, ${short(group.ece, 3)}` : '–';
        }),
      ]),
    )}`,
  ];
}

const SMALL_SCHOOLS = `## Small schools

Disjoint sets of consecutive past students, in the order of the file; trained on one, judged on all new students. Figures are means over the sets, and
the intervals of differences come from the sets' own spread (Student's t). A learner whose part did not pay in some set has no row *alone*.`;

const learnersFirst = (report) => ({
  ...report,
  models: report.models.toSorted((a, b) => (a.kind === 'baseline') - (b.kind === 'baseline')),
});

/**
 * @param results reports of `pathlight compare` by data set: the one of all past students, then those of small schools
 * @returns markdown
 */
export function describeEvaluation(results, seed) {
  const named = Object.entries(results).map(([name, reports]) => [name, reports.map(learnersFirst)]);
  const small = named.flatMap(([name, reports]) =>
    reports
      .filter(({ blocks }) => blocks > 1)
      .map((report) => [
        `### ${name}: ${report.blocks} schools of ${report.pastStudents} past students`,
        ...aucTables(report),
        `${WINDOWS[windowsOf(report)[0]]}: ECE\n\n${byK(report, windowsOf(report)[0], ({ ece }) => short(ece, 3))}`,
      ]),
  );
  return [
    INTRODUCTION(seed),
    ...named.flatMap(([name, reports]) =>
      reports.filter(({ blocks }) => blocks === 1).flatMap((report) => [`## ${name}`, ...whole(report)]),
    ),
    ...(small.length > 0 ? [SMALL_SCHOOLS, ...small.flat()] : []),
    '',
  ].join('\n\n');
}
