import { utilityProcess } from 'electron';
import type { FromTrainer, SpawnTrainer } from './messages.ts';

/** Spawns the trainer as Electron's utility process. @param processFile the bundled process.ts */
export const utilityTrainer =
  (processFile: string): SpawnTrainer =>
  () => {
    const child = utilityProcess.fork(processFile, [], { serviceName: 'Pathlight training', stdio: 'ignore' });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', (message) => listener(message as FromTrainer)),
      onExit: (listener) => child.once('exit', listener),
      kill: () => child.kill(),
    };
  };
