// What is kept of one part of the evaluation, docs/evaluation/NAME-PART.json: the figures that the document shows, and which code made them, when.
// Used by evaluate-all.mjs.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What is made of forecasts, titles, exercises and simulated students change none. */
const NO_FORECAST = ['class', 'dynamics', 'exercises', 'feedback', 'planning', 'simulation', 'titles'];

/** Changes with everything that can change a figure: src/learning but for the above, src/compute and the shipped starter. */
export function learningVersion(root) {
  const left = NO_FORECAST.map((name) => path.join(root, 'src', 'learning', name) + path.sep);
  const hash = createHash('sha256');
  for (const folder of ['src/learning', 'src/compute', 'resources/starter']) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((name) => !left.some((each) => name.startsWith(each)))
      .sort())
      // The same on every system.
      hash.update(path.relative(root, name).split(path.sep).join('/')).update(readFileSync(name));
  }
  return hash.digest('hex').slice(0, 16);
}

const MEASURES = ['auc', 'ece', 'ecePerfect', 'brier', 'logLoss', 'aucWithinStudent'];
const rounded = (value) => (typeof value === 'number' ? Number(value.toFixed(5)) : (value ?? null));

/** The figures of a report of `pathlight compare`, by model and window in the order of `windows`. */
export function figuresOf(report) {
  const windows = {};
  for (const { window, after } of report.asked) (windows[window] ??= []).push(after);
  const inWindow = (model, window) => {
    const points = windows[window].map((k) => model.points.find((point) => point.window === window && point.after === k));
    const mean = model.means.find((each) => each.window === window);
    const difference = mean?.difference?.auc;
    return {
      ...Object.fromEntries(MEASURES.map((measure) => [measure, points.map((point) => rounded(point?.[measure]))])),
      meanAuc: rounded(mean?.auc),
      less: difference ? [difference.value, difference.low, difference.high].map(rounded) : null,
    };
  };
  const [asked] = report.asked;
  return {
    pastStudents: report.pastStudents,
    blocks: report.blocks,
    bestPeer: report.bestPeer,
    students: asked.students,
    questions: asked.questions,
    groupsAfter: report.groupsAfter,
    windows,
    models: report.models.map((model) => ({
      model: model.model,
      kind: model.kind,
      seconds: Number(model.seconds.toFixed(1)),
      composition: Object.fromEntries(Object.entries(model.composition).map(([name, weight]) => [name, rounded(weight)])),
      ...Object.fromEntries(Object.keys(windows).map((window) => [window, inWindow(model, window)])),
      groups: Object.fromEntries(model.groups.map(({ name, auc, ece }) => [name, [rounded(auc), rounded(ece)]])),
    })),
  };
}

/** @returns the part's figures, or null where it was not run yet */
export function readPart(folder, key) {
  const file = path.join(folder, `${key}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** One model a line, so that a change shows what moved. */
export function writePart(folder, key, { models, ...part }) {
  const head = JSON.stringify(part, undefined, 1).replace(/\n}$/, '');
  const lines = models.map((model) => `  ${JSON.stringify(model)}`).join(',\n');
  const file = path.join(folder, `${key}.json`);
  writeFileSync(`${file}.new`, `${head},\n "models": [\n${lines}\n ]\n}\n`);
  renameSync(`${file}.new`, file);
}
