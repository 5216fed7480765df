import { utilityProcess } from 'electron';
import type { Spawn } from './channel.ts';

/** Spawns a process as Electron's utility process. @param file its bundled source @param name what the system's list of processes says */
export const utility =
  <To, From>(file: string, name: string): Spawn<To, From> =>
  () => {
    const child = utilityProcess.fork(file, [], { serviceName: name, stdio: 'ignore' });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', (message) => listener(message as From)),
      onExit: (listener) => child.once('exit', listener),
      kill: () => child.kill(),
    };
  };
