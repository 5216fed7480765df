// How much the shipped starter helps on real courses that it has never seen, with few past students and none: no training, only difficulties and
// adaptation. Run by hand: `node scripts/run.mjs scripts/study-starter.ts DATA_FOLDER [BLOCKS]`, the folder that holds assist2009 and junyi.
import path from 'node:path';
import process from 'node:process';
import { readResponses } from '../src/cli/read-responses.ts';
import { ensembleForecaster, shrunkIrtForecaster } from '../src/learning/evaluation/forecasters.ts';
import { auc, ece, logLoss } from '../src/learning/evaluation/metrics.ts';
import { forecastWindows } from '../src/learning/evaluation/protocol.ts';
import { createMember } from '../src/learning/members.ts';
import { toResponseTable } from '../src/learning/responses.ts';
import { knowledgeColumns, learnCourse } from '../src/learning/student-model/course.ts';
import { DEFAULT_STRENGTHS } from '../src/learning/student-model/statistics.ts';
import { readModel } from '../src/main/services/model-store.ts';

const PAST = [0, 20, 50, 150];
const [folder = path.join('..', 'shared', 'data'), blocks = '10'] = process.argv.slice(2);
const starter = readModel(path.join(import.meta.dirname, '..', 'resources', 'starter'));
const closed = createMember({ weight: 1, kind: 'closed' });
const learned = createMember({ ...starter.members.find(({ kind }) => kind === 'phi')!, weight: 1 });

console.log('data set    past  model        window  AUC by k' + ' '.repeat(41) + 'mean   log-loss   ECE');
for (const name of ['assist2009', 'junyi']) {
  const read = (part: string) =>
    readResponses([path.join(path.resolve(process.env['INIT_CWD'] ?? '.', folder), name, `${part}.csv.gz`)]);
  const train = await read('train');
  const validation = await read('validation');
  for (const past of PAST) {
    const count = past === 0 ? 1 : Number(blocks);
    const sums = new Map<string, number[]>();
    for (let block = 0; block < count; block++) {
      const known = toResponseTable(train.slice(block * past, (block + 1) * past));
      const course = learnCourse(known, undefined, DEFAULT_STRENGTHS);
      const table = toResponseTable(validation, known);
      const knowledge = knowledgeColumns(table, course, () => false);
      const students = table.students.map((_, student) => student);
      const models = {
        'shrunk IRT': shrunkIrtForecaster(
          table,
          Float64Array.from(table.question, (_, row) => knowledge.at(row).question),
        ),
        'closed form': ensembleForecaster([closed], table, knowledge),
        starter: ensembleForecaster([learned], table, knowledge),
        'both, shipped': ensembleForecaster(starter.members.map(createMember), table, knowledge),
      };
      for (const [model, forecaster] of Object.entries(models)) {
        const windows = forecastWindows(table, students, forecaster);
        for (const window of ['fixed', 'next'] as const) {
          const points = windows.filter((point) => point.window === window).map(({ judged }) => judged);
          const mean = (of: (judged: (typeof points)[number]) => number): number =>
            points.reduce((sum, judged) => sum + of(judged), 0) / points.length;
          const aucOf = (judged: (typeof points)[number]): number => auc(judged.probability, judged.correct) ?? 0.5;
          const figures = [...points.map(aucOf), mean(aucOf), mean(logLoss), mean((judged) => ece(judged))];
          const key = `${model.padEnd(13)} ${window.padEnd(6)}`;
          sums.set(
            key,
            figures.map((value, index) => value + (sums.get(key)?.[index] ?? 0)),
          );
        }
      }
    }
    for (const [key, values] of sums)
      console.log(
        `${name.padEnd(11)} ${String(past).padStart(4)}  ${key} ${values.map((value) => (value / count).toFixed(4)).join(' ')}`,
      );
  }
}
