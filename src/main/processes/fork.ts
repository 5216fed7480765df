import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Spawn } from './channel.ts';

/** Spawns a Node process; structured clone carries typed arrays whole. @param entry its source, ends when its parent is gone */
export const forkProcess =
  <To, From>(entry: URL): Spawn<To, From> =>
  () => {
    const child = fork(fileURLToPath(entry), [], {
      serialization: 'advanced',
      execArgv: ['--no-deprecation'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: process.env['TF_CPP_MIN_LOG_LEVEL'] ?? '3' },
      // The tensor library writes notes of its own to both streams; ours go through messages.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      send: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => child.on('message', (message) => listener(message as From)),
      onExit: (listener) => {
        child.once('exit', listener);
        child.once('error', listener);
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
