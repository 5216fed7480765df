import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromTrainer, SpawnTrainer } from './messages.ts';

/** Spawns the trainer as a Node process; structured clone carries typed arrays whole. */
export const forkTrainer: SpawnTrainer = () => {
  const child = fork(fileURLToPath(new URL('./process.ts', import.meta.url)), [], {
    serialization: 'advanced',
    execArgv: ['--no-deprecation'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: process.env['TF_CPP_MIN_LOG_LEVEL'] ?? '3' },
    // The tensor library writes notes of its own to both streams; ours go through messages.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    send: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromTrainer)),
    onExit: (listener) => {
      child.once('exit', listener);
      child.once('error', listener);
    },
    kill: () => child.kill('SIGKILL'),
  };
};
