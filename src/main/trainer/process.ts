// Entry of the trainer process: gets arrays, returns weights. It opens no file of the user's and no database.
import { availableParallelism, totalmem } from 'node:os';
import process from 'node:process';
import type { BackendName, Capability } from '../../compute/backend.ts';
import { createStepCompiler } from '../../compute/compile.ts';
import { compareModels } from '../../learning/evaluation/comparison.ts';
import type { StepCompiler } from '../../learning/meta/meta-loss.ts';
import type { BesideWork } from '../../learning/meta/beside.ts';
import type { RunHelp } from '../../learning/meta/train-members.ts';
import { trainModel, trainOtherRuns, worthHelp } from '../../learning/meta/train.ts';
import { createTrialStep } from '../../learning/simulation/trial-step.ts';
import { PathlightError } from '../../shared/errors.ts';
import { connectToParent } from '../processes/parent.ts';
import { workOnThread } from './beside.ts';
import { createIncomingHelp } from './help.ts';
import type { IncomingHelp } from './help.ts';
import { climb, probeBackend } from './ladder.ts';
import type { CompareRequest, FromTrainer, LadderRequest, ToTrainer, TrainRequest } from './messages.ts';

const parent = connectToParent<ToTrainer, FromTrainer>();
const { send } = parent;
const state = { cancelled: false, beside: undefined as BesideWork | undefined, help: undefined as IncomingHelp | undefined };
/** Beside this file, both as it was written and as it is built. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './beside-thread.ts' : './beside.js', import.meta.url);

/** Lets messages in between two steps. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function shouldStop(): Promise<boolean> {
  await breathe();
  return state.cancelled;
}

const onTry = (backend: BackendName): void => send({ type: 'trying', backend });

/** What a training computes, once; made when it is first needed. */
function lazyTrial(compile: StepCompiler): () => Promise<void> {
  let step: (() => Promise<void>) | undefined;
  return () => (step ??= createTrialStep(compile))();
}

/** Does one piece of work; whatever fails is told. */
async function tell(job: (compile: StepCompiler) => Promise<FromTrainer>): Promise<void> {
  const compiler = createStepCompiler();
  try {
    send(await job(compiler.compile));
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

/** Does one piece of work on the tensor backend that the ladder gives. */
const work = (
  ladder: LadderRequest,
  job: (capability: Capability, compile: StepCompiler) => Promise<FromTrainer>,
): Promise<void> =>
  tell(async (compile) => {
    const capability = await climb(ladder, { onTry, trial: lazyTrial(compile) });
    send({ type: 'computing', capability: { ...capability, refused: [...capability.refused] } });
    return job(capability, compile);
  });

/**
 * Where two processes train side by side, each computes on one core: its small operations take two thirds of the processor time that two cores
 * take for them. On any machine, so that the number of cores changes no number. Read when TensorFlow loads.
 */
function computeOnOneCore(): void {
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1';
}

/** A second trainer holds up to 830 MB; a computer with less memory than this is left with one. */
const MEMORY_FOR_TWO = 6e9;

/** A second one on a graphics card would wait for the first. */
function askForHelp({ backend, gpu }: Capability): RunHelp | undefined {
  if (gpu || backend === 'webgpu' || availableParallelism() < 2 || totalmem() < MEMORY_FOR_TWO) return undefined;
  state.help = createIncomingHelp();
  send({ type: 'help-wanted', backend });
  return state.help.help;
}

function train(request: TrainRequest, ladder: LadderRequest): Promise<void> {
  const worth = worthHelp(request);
  if (worth) computeOnOneCore();
  return work(ladder, async (capability, compiler) => ({
    type: 'done',
    model: await trainModel({
      ...request,
      backend: capability.backend,
      compiler,
      help: worth ? askForHelp(capability) : undefined,
      beside: (task, onProgress) => (state.beside = workOnThread(THREAD, task, onProgress)),
      onProgress: (progress) => send({ type: 'progress', progress }),
      shouldStop,
    }),
  }));
}

function help(request: TrainRequest, ladder: LadderRequest): Promise<void> {
  computeOnOneCore();
  return work(ladder, async ({ backend }, compiler) => {
    await trainOtherRuns({ ...request, backend, compiler, shouldStop }, (begun, run) =>
      send({ type: 'run-trained', begun, run }),
    );
    return { type: 'helped' };
  });
}

const compare = (request: CompareRequest, ladder: LadderRequest): Promise<void> =>
  work(ladder, async ({ backend }, compiler) => ({
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
  if (message.type === 'cancel') {
    state.cancelled = true;
    state.beside?.stop();
  } else if (message.type === 'train') void train(message.request, message.ladder);
  else if (message.type === 'help') void help(message.request, message.ladder);
  else if (message.type === 'run-trained') state.help?.arrived(message.begun, message.run);
  else if (message.type === 'helped') state.help?.ended();
  else if (message.type === 'compare') void compare(message.request, message.ladder);
  else
    void tell(async (compile) => ({
      type: 'probed',
      probe: await probeBackend(message.backend, message.software, lazyTrial(compile), onTry),
    }));
}

parent.onMessage(receive);
