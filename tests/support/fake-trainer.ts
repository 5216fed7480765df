import type { FromTrainer, SpawnTrainer, ToTrainer } from '../../src/main/trainer/messages.ts';
import type { TrainedModel } from '../../src/learning/trained-model.ts';
import { BACKEND_NAMES } from '../../src/shared/contract/computing.ts';
import type { BackendName, BackendProbe } from '../../src/shared/contract/computing.ts';

/** A trainer that computes nothing: each backend answers as told, dies while it starts, or (left out) works. */
export const fakeTrainer =
  (answers: Partial<Record<BackendName, BackendProbe | 'crash'>>): SpawnTrainer =>
  () => {
    let listener: (message: FromTrainer) => void = () => undefined;
    let exit: () => void = () => undefined;
    /** False where the process is gone. */
    const start = (backend: BackendName): boolean => {
      listener({ type: 'trying', backend });
      if (answers[backend] !== 'crash') return true;
      exit();
      return false;
    };
    const answer = (message: ToTrainer): void => {
      if (message.type === 'probe') {
        if (!start(message.backend)) return;
        listener({ type: 'probed', probe: answers[message.backend] as BackendProbe });
      } else if ('ladder' in message) {
        const { wish, without = [] } = message.ladder;
        const backend = wish?.backend ?? BACKEND_NAMES.find((name) => !without.includes(name))!;
        if (!start(backend)) return;
        const selfTest = { checks: 13, milliseconds: 1 };
        listener({ type: 'computing', capability: { backend, version: '1', gpu: false, device: null, selfTest, refused: [] } });
        listener({ type: 'done', model: { backend } as TrainedModel });
      }
    };
    return {
      send: (message) => queueMicrotask(() => answer(message)),
      onMessage: (given) => (listener = given),
      onExit: (given) => (exit = given),
      kill: () => undefined,
    };
  };
