import { describe, expect, it } from 'vitest';
import type { TrainedRun } from '../../src/learning/meta/train-members.ts';
import { trainInProcess } from '../../src/main/trainer/client.ts';
import { createIncomingHelp } from '../../src/main/trainer/help.ts';
import type { FromTrainer, SpawnTrainer, ToTrainer, TrainRequest } from '../../src/main/trainer/messages.ts';
import type { TrainedModel } from '../../src/learning/trained-model.ts';
import { simulatedClass } from '../support/courses.ts';

const { table, map } = simulatedClass(6, 3, 6);
const request: TrainRequest = { table, courseMap: map, learner: 'maml', seed: 1 };
const run: TrainedRun = { checks: [], end: [1, 2, 3, 4], points: [] };

/** Processes as the test plays them, in the order in which they are spawned. */
function played() {
  const processes: { got: ToTrainer[]; say: (message: FromTrainer) => void; die: () => void; killed: boolean }[] = [];
  const spawn: SpawnTrainer = () => {
    const each = { got: [] as ToTrainer[], say: (_: FromTrainer): void => undefined, die: (): void => undefined, killed: false };
    processes.push(each);
    return {
      send: (message) => each.got.push(message),
      onMessage: (listener) => (each.say = listener),
      onExit: (listener) => (each.die = listener),
      kill: () => (each.killed = true),
    };
  };
  return { processes, spawn };
}

describe('a second process that trains a part', () => {
  it('is started where it is wanted, on the same backend; what it trains goes to the first, and it ends with the training', async () => {
    const { processes, spawn } = played();
    const result = trainInProcess(spawn, request);
    const [first] = processes;
    first!.say({ type: 'help-wanted', backend: 'wasm' });
    const second = processes[1]!;
    expect(second.got).toEqual([{ type: 'help', request, ladder: { wish: { backend: 'wasm', strict: true } } }]);
    second.say({ type: 'run-trained', begun: 'a', run });
    expect(first!.got.at(-1)).toEqual({ type: 'run-trained', begun: 'a', run });
    first!.say({ type: 'done', model: { seed: 1 } as TrainedModel });
    expect(await result).toEqual({ seed: 1 });
    expect(second.killed).toBe(true);
  });

  it.each(['dies', 'fails', 'is done'])('leaves the rest to the first where it %s', async (how) => {
    const { processes, spawn } = played();
    const result = trainInProcess(spawn, request);
    const [first] = processes;
    first!.say({ type: 'help-wanted', backend: 'cpu' });
    const second = processes[1]!;
    if (how === 'dies') second.die();
    else second.say(how === 'fails' ? { type: 'failed', code: 'training-failed', message: '', detail: {} } : { type: 'helped' });
    expect(first!.got.at(-1)).toEqual({ type: 'helped' });
    first!.say({ type: 'done', model: { seed: 2 } as TrainedModel });
    expect(await result).toEqual({ seed: 2 });
  });

  it('is ended at once where the training is cancelled', async () => {
    const { processes, spawn } = played();
    const cancelling = new AbortController();
    const result = trainInProcess(spawn, request, { signal: cancelling.signal });
    const [first] = processes;
    first!.say({ type: 'help-wanted', backend: 'cpu' });
    cancelling.abort();
    expect(processes[1]!.killed).toBe(true);
    first!.say({ type: 'failed', code: 'cancelled', message: '', detail: {} });
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('help that comes in', () => {
  it('is waited for, is there at once where it came before, and is not to be had where it ended', async () => {
    const incoming = createIncomingHelp();
    const early = incoming.help('a');
    incoming.arrived('a', run);
    incoming.arrived('b', run);
    expect(await early).toBe(run);
    const never = incoming.help('c');
    incoming.ended();
    expect(await incoming.help('b')).toBe(run);
    expect(await never).toBeUndefined();
    expect(await incoming.help('d')).toBeUndefined();
  });
});
