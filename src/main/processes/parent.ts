import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { isAlive } from './alive.ts';

/** What Electron's utility processes have instead of process.send. */
interface ParentPort<To, From> {
  on(event: 'message', listener: (event: { data: To }) => void): void;
  postMessage(message: From): void;
}

/** The process that spawned this one, as seen from here. */
export interface Parent<To, From> {
  send(message: From): void;
  onMessage(listener: (message: To) => void): void;
  /** Whether it still lives; asked by those who do not listen while they work. */
  lives(): boolean;
}

/** Without its parent nobody wants the result: where Node's channel closes, this process ends. */
export function connectToParent<To, From>(): Parent<To, From> {
  const port = (process as unknown as { parentPort?: ParentPort<To, From> }).parentPort;
  const parentId = process.ppid;
  // Such a process is ended with its answer, and what Node keeps of its sources it would only write at an end of its own.
  if (!port) flushCompileCache();
  if (!port) process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => {
      if (port) port.postMessage(message);
      else process.send?.(message);
    },
    onMessage: (listener) => {
      if (port) port.on('message', (event) => listener(event.data));
      else process.on('message', (message) => listener(message as To));
    },
    lives: () => isAlive(parentId),
  };
}
