// Entry of the trainer process: gets arrays, returns weights. It opens no file of the user's and no database.
import process from 'node:process';
import { chooseBackend } from '../../compute/backend.ts';
import { createStepCompiler } from '../../compute/compile.ts';
import { trainModel } from '../../learning/meta/train.ts';
import { PathlightError } from '../../shared/errors.ts';
import type { FromTrainer, ToTrainer, TrainRequest } from './messages.ts';

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

async function train(request: TrainRequest): Promise<void> {
  const compiler = createStepCompiler();
  try {
    const { backend } = await chooseBackend();
    const model = await trainModel({
      ...request,
      backend,
      compiler: compiler.compile,
      onProgress: (progress) => send({ type: 'progress', progress }),
      shouldStop: async () => {
        await breathe();
        return state.cancelled;
      },
    });
    send({ type: 'done', model });
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

function receive(message: ToTrainer): void {
  if (message.type === 'cancel') state.cancelled = true;
  else void train(message.request);
}

if (parentPort) parentPort.on('message', (event) => receive(event.data));
else {
  process.on('message', (message) => receive(message as ToTrainer));
  // Without its parent nobody wants the result.
  process.on('disconnect', () => process.exit(0));
}
