/** A process of our own as its parent sees it, whether Node's or Electron's. */
export interface Channel<To, From> {
  send(message: To): void;
  onMessage(listener: (message: From) => void): void;
  /** Once, when the process is gone for whatever reason. */
  onExit(listener: () => void): void;
  kill(): void;
}

export type Spawn<To, From> = () => Channel<To, From>;
