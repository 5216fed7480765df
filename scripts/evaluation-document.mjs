// The words and tables of docs/evaluation.md, from the figures of each part (evaluation-figures.mjs). Used by evaluate-all.mjs.

const INTRODUCTION = (seeds) => `# Evaluation

Written by \`npm run --silent evaluation\`; ${seeds}. Change the words in \`scripts/evaluation-document.mjs\`, not here; the figures lie in
\`docs/evaluation\`, a file for each part. A part that was run by older learning code than there is now says so.

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
  That redraws each outcome by itself. A perfect model that does not know a student's ability errs in the same direction on all their answers, so that its
  ECE may be .001 to .003 higher on assist2009; what is left above that, and why, stands in \`docs/decisions/0022-small-schools-and-calibration.md\`.

Run it again: put the data sets into \`../shared/data\`, or name their folder in \`PATHLIGHT_DATA\` or with \`--data\`; then
\`npm run --silent evaluation\`. What was made by the code as it is now is not run again. \`--only assist2009\` runs the parts of one data set,
\`--only assist2009:50\` its schools of 50 past students, \`--only assist2009:whole\` all past students at once.
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
  difference ? `${signed(difference[0])} (${signed(difference[1])} to ${signed(difference[2])})` : '–';

function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** Models as rows, one cell for each k of the window. @param cell of a model's figures in that window and the place of k */
function byK(part, window, cell, ends = [], endOf = () => []) {
  return table(
    ['model', ...part.windows[window].map((k) => `k=${k}`), ...ends],
    part.models.map((model) => [
      model.model,
      ...part.windows[window].map((_, at) => cell(model[window], at)),
      ...endOf(model[window]),
    ]),
  );
}

const windowsOf = ({ windows }) => ['fixed', 'next'].filter((window) => windows[window]);

const aucTables = (part) =>
  windowsOf(part).map(
    (window) =>
      `${WINDOWS[window]}: AUC\n\n${byK(
        part,
        window,
        ({ auc }, at) => short(auc[at], 4),
        ['mean', part.bestPeer ? `mean less ${part.bestPeer}` : 'difference'],
        ({ meanAuc, less }) => [short(meanAuc, 4), interval(less)],
      )}`,
  );

/** @param code what the learning code is now */
const madeBy = (part, code) =>
  part.code === code ? [] : [`_Run on ${part.date} by older learning code; it may have other figures now._`];

const notYet = (data, part) => `Not run yet: \`npm run --silent evaluation -- --only ${data}:${part}\`.`;

function whole(part) {
  const [window] = windowsOf(part);
  const one = (measure) => byK(part, window, (figures, at) => short(figures[measure][at], 4));
  return [
    `${part.pastStudents} past students; ${part.students} new students judge, with ${part.questions} answers a window.`,
    ...aucTables(part),
    ...windowsOf(part).map(
      (each) =>
        `${WINDOWS[each]}: ECE\n\n${byK(
          part,
          each,
          ({ ece, ecePerfect }, at) => `${short(ece[at], 3)} (${short(ecePerfect[at], 3)})`,
        )}`,
    ),
    `${WINDOWS[window]}: Brier score\n\n${one('brier')}`,
    `${WINDOWS[window]}: log-loss\n\n${one('logLoss')}`,
    `${WINDOWS[window]}: AUC within a student\n\n${one('aucWithinStudent')}`,
    ...groups(part),
    `Training${part.sideBySide ? ', two models at a time, what several have in common counted for each' : ''}\n\n${table(
      ['model', 'seconds', 'weights of its members'],
      part.models
        .filter(({ kind }) => kind !== 'trained-part')
        .map(({ model, seconds, composition }) => [model, seconds.toFixed(1), weightsOf(composition)]),
    )}`,
  ];
}

const weightsOf = (composition) =>
  Object.entries(composition)
    .map(([name, weight]) => `${name} ${short(weight, 2)}`)
    .join(', ') || '–';

function groups(part) {
  const names = [...new Set(part.models.flatMap((model) => Object.keys(model.groups)))];
  if (names.length === 0) return [];
  return [
    `By group, after ${part.groupsAfter} answers: AUC, ECE\n\n${table(
      ['model', ...names.map((name) => GROUPS[name])],
      part.models.map(({ model, groups: own }) => [
        model,
        ...names.map((name) => (own[name] ? `${short(own[name][0], 4)}, ${short(own[name][1], 3)}` : '–')),
      ]),
    )}`,
  ];
}

const SMALL_SCHOOLS = `## Small schools

Disjoint sets of consecutive past students, in the order of the file; trained on one, judged on all new students. Figures are means over the sets, and
the intervals of differences come from the sets' own spread (Student's t). A learner whose part did not pay in some set has no row *alone*.`;

const learnersFirst = (part) => ({
  ...part,
  models: part.models.toSorted((a, b) => (a.kind === 'baseline') - (b.kind === 'baseline')),
});

function school({ data, part: size, figures }, code) {
  if (!figures) return [`### ${data}: schools of ${size} past students`, notYet(data, size)];
  const part = learnersFirst(figures);
  const [window] = windowsOf(part);
  return [
    `### ${data}: ${part.blocks} schools of ${part.pastStudents} past students`,
    ...madeBy(part, code),
    ...aucTables(part),
    `${WINDOWS[window]}: ECE\n\n${byK(part, window, ({ ece }, at) => short(ece[at], 3))}`,
  ];
}

/**
 * @param parts [{ data, part, figures }] in order: of each data set `whole` and the sizes of small schools; figures null where not run yet
 * @param code version of the learning code now
 * @returns markdown
 */
export function describeEvaluation(parts, code) {
  const seeds = [...new Set(parts.flatMap(({ figures }) => figures?.seed ?? []))];
  return [
    INTRODUCTION(seeds.length > 0 ? `seed ${seeds.join(', ')}` : 'nothing was run yet'),
    ...parts
      .filter(({ part }) => part === 'whole')
      .flatMap(({ data, figures }) => [
        `## ${data}`,
        ...(figures ? [...madeBy(figures, code), ...whole(learnersFirst(figures))] : [notYet(data, 'whole')]),
      ]),
    SMALL_SCHOOLS,
    ...parts.filter(({ part }) => part !== 'whole').flatMap((each) => school(each, code)),
    '',
  ].join('\n\n');
}
