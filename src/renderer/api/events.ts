export interface EventConnection {
  readonly open: () => Pick<WebSocket, 'addEventListener' | 'close'>;
  readonly onMessage: (text: string) => void;
  /** Called each time that the line is back after it was lost. */
  readonly onReconnect: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** How long to wait before the n-th try (counted from 0) to connect again. */
export function reconnectDelay(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
}

/** Keeps one event connection open, and opens it again with growing pauses. Returns a function that closes it for good. */
export function connectEvents({ open, onMessage, onReconnect }: EventConnection): () => void {
  let closed = false;
  let attempt = 0;
  let lost = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket: Pick<WebSocket, 'addEventListener' | 'close'> | undefined;

  const connect = () => {
    const current = open();
    socket = current;
    current.addEventListener('open', () => {
      attempt = 0;
      if (lost) onReconnect();
      lost = false;
    });
    current.addEventListener('message', (event) => {
      if (typeof event.data === 'string') onMessage(event.data);
    });
    current.addEventListener('close', () => {
      if (closed) return;
      lost = true;
      timer = setTimeout(connect, reconnectDelay(attempt));
      attempt += 1;
    });
  };
  connect();

  return () => {
    closed = true;
    clearTimeout(timer);
    socket?.close();
  };
}
