import { forkProcess } from '../processes/fork.ts';
import type { SpawnTrainer } from './messages.ts';

export const forkTrainer: SpawnTrainer = forkProcess(new URL('./process.ts', import.meta.url));
