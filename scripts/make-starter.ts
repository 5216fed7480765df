// Makes the shipped starter model. Run by hand after the model or the simulator changed: `node scripts/run.mjs scripts/make-starter.ts`.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseBackend } from '../src/compute/backend.ts';
import { createStepCompiler } from '../src/compute/compile.ts';
import { trainStarter } from '../src/learning/meta/train-starter.ts';
import { encodeModel } from '../src/learning/model-file.ts';

const { backend } = await chooseBackend();
const compiler = createStepCompiler();
const model = await trainStarter({
  learner: 'maml',
  compiler: compiler.compile,
  seed: 1,
  backend,
  courses: 100,
  steps: 5000,
  onStep: (step, loss) => console.error(`step ${step}: log-loss ${loss.toFixed(4)}`),
});
const { header, weights } = encodeModel(model, null, (bytes) => createHash('sha256').update(bytes).digest('hex'));
const folder = path.join(import.meta.dirname, '..', 'resources', 'starter');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'model.json'), header);
writeFileSync(path.join(folder, 'weights.bin'), weights);
console.log(`Wrote ${folder}.`);
