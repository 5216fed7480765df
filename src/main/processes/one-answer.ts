import type { Spawn } from './channel.ts';

/** The end of a question to a process: how its promise is settled. */
export type Settle<Result> = (resolve: (result: Result) => void, reject: (error: Error) => void) => void;

/**
 * Asks a process of its own one question and lets it go with the answer. Settled only once the process is gone, and with it what it held open.
 * @param read what a message settles, undefined where it is not the answer yet
 * @param gone how it ends where the process does without an answer
 */
export function oneAnswer<To, From, Result>(
  spawn: Spawn<To, From>,
  question: To,
  read: (message: From) => Settle<Result> | undefined,
  gone: () => Error,
): { readonly answer: Promise<Result>; readonly kill: () => void } {
  const channel = spawn();
  const answer = new Promise<Result>((resolve, reject) => {
    let settle: Settle<Result> | undefined;
    channel.onMessage((message) => {
      const found = read(message);
      if (!found) return;
      settle = found;
      channel.kill();
    });
    channel.onExit(() => {
      if (settle) settle(resolve, reject);
      else reject(gone());
    });
    channel.send(question);
  });
  return { answer, kill: () => channel.kill() };
}
