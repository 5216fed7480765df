// Entry of the trainer process: gets arrays, returns weights. It opens no file of the user's and no database.
import process from 'node:process';
import { chooseBackend } from '../../compute/backend.ts';
import type { BackendName } from '../../compute/backend.ts';
import { createStepCompiler } from '../../compute/compile.ts';
import { compareModels } from '../../learning/evaluation/comparison.ts';
import type { StepCompiler } from '../../learning/meta/meta-loss.ts';
import { trainModel } from '../../learning/meta/train.ts';
import { PathlightError } from '../../shared/errors.ts';
import type { CompareRequest, FromTrainer, ToTrainer, TrainRequest } from './messages.ts';

/** What Electron's utility processes have instead of process.send. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: ToTrainer }) => void): void;
  postMessage(message: FromTrainer): void;
}

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
const state = { cancelled: false };

function send(message: FromTrainer): void {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}

/** Lets messages in between two steps. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function shouldStop(): Promise<boolean> {
  await breathe();
  return state.cancelled;
}

/** Does one piece of work on the tensor backend; whatever fails is told. */
async function work(job: (backend: BackendName, compile: StepCompiler) => Promise<FromTrainer>): Promise<void> {
  const compiler = createStepCompiler();
  try {
    const { backend } = await chooseBackend();
    send(await job(backend, compiler.compile));
  } catch (error) {
    if (error instanceof PathlightError) send({ type: 'failed', code: error.code, message: error.message, detail: error.detail });
    else
      send({
        type: 'failed',
        code: 'training-failed',
        message: `Training failed: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
        detail: {},
      });
  } finally {
    compiler.dispose();
  }
}

const train = (request: TrainRequest): Promise<void> =>
  work(async (backend, compiler) => ({
    type: 'done',
    model: await trainModel({
      ...request,
      backend,
      compiler,
      onProgress: (progress) => send({ type: 'progress', progress }),
      shouldStop,
    }),
  }));

const compare = (request: CompareRequest): Promise<void> =>
  work(async (backend, compiler) => ({
    type: 'compared',
    models: await compareModels({
      ...request,
      backend,
      compiler,
      clock: () => performance.now(),
      onProgress: (fraction, model) => send({ type: 'comparing', fraction, model }),
      shouldStop,
    }),
  }));

function receive(message: ToTrainer): void {
  if (message.type === 'cancel') state.cancelled = true;
  else if (message.type === 'train') void train(message.request);
  else void compare(message.request);
}

if (parentPort) parentPort.on('message', (event) => receive(event.data));
else {
  process.on('message', (message) => receive(message as ToTrainer));
  // Without its parent nobody wants the result.
  process.on('disconnect', () => process.exit(0));
}
