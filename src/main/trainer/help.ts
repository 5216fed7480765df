import type { RunHelp, TrainedRun } from '../../learning/meta/train-members.ts';
import type { BackendName } from '../../shared/contract/computing.ts';
import type { FromTrainer, SpawnTrainer, ToTrainer, TrainRequest } from './messages.ts';

/** What another process trains for this one, as it comes in. */
export interface IncomingHelp {
  readonly help: RunHelp;
  arrived(begun: string, run: TrainedRun): void;
  /** Nothing more will come, whether it is done or gone: the rest is trained here. */
  ended(): void;
}

export function createIncomingHelp(): IncomingHelp {
  const runs = new Map<string, TrainedRun>();
  const waiting = new Map<string, (run: TrainedRun | undefined) => void>();
  let over = false;
  return {
    help: (begun) =>
      new Promise((resolve) => {
        if (over || runs.has(begun)) resolve(runs.get(begun));
        else waiting.set(begun, resolve);
      }),
    arrived(begun, run) {
      runs.set(begun, run);
      waiting.get(begun)?.(run);
    },
    ended() {
      over = true;
      for (const resolve of waiting.values()) resolve(undefined);
    },
  };
}

/**
 * Has a second process train a part of a training.
 * @param send to the process that trains the rest
 * @returns ends it
 */
export function helpTraining(
  spawn: SpawnTrainer,
  request: TrainRequest,
  backend: BackendName,
  send: (message: ToTrainer) => void,
): () => void {
  const helper = spawn();
  const end = (): void => {
    helper.kill();
    send({ type: 'helped' });
  };
  helper.onMessage((message: FromTrainer) => {
    if (message.type === 'run-trained') send(message);
    else if (message.type === 'helped' || message.type === 'failed') end();
  });
  helper.onExit(() => send({ type: 'helped' }));
  helper.send({ type: 'help', request, ladder: { wish: { backend, strict: true } } });
  return () => helper.kill();
}
