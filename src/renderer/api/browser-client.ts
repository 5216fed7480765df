import type {
  ApplicationEvent,
  Envelope,
  FileHandle,
  PathlightApi,
  RouteInput,
  RouteName,
  RouteOutput,
} from '../../shared/contract/index.ts';
import { applicationEvent } from '../../shared/contract/index.ts';
import { connectEvents } from './events.ts';
import { PathlightError } from '../../shared/errors.ts';

const unreachable = {
  ok: false,
  error: {
    code: 'host-unreachable',
    message: 'Pathlight does not answer. Is its window or command line still open?',
    detail: {},
  },
} as const;

async function readEnvelope<Data>(response: Response): Promise<Envelope<Data>> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'ok' in body) return body as Envelope<Data>;
  const code = response.status === 401 || response.status === 403 ? 'not-allowed' : 'host-unreachable';
  return { ok: false, error: { code, message: `The host answered ${response.status}.`, detail: { status: response.status } } };
}

/** Opens the browser's file dialog; resolves with an empty list where the person closed it. */
function pickFiles(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.hidden = true;
    input.setAttribute('data-testid', 'file-input');
    const finish = () => {
      resolve([...(input.files ?? [])]);
      input.remove();
    };
    input.addEventListener('change', finish);
    input.addEventListener('cancel', finish);
    document.body.append(input);
    input.click();
  });
}

/** The API of the browser host over fetch and one WebSocket; `token` is sent with every call. */
export function createBrowserClient(token: string): PathlightApi {
  const headers = { 'x-pathlight-token': token };
  const listeners = new Set<(event: ApplicationEvent) => void>();
  const emit = (event: ApplicationEvent) => listeners.forEach((listener) => listener(event));
  let stop: (() => void) | undefined;

  async function send(url: string, body: BodyInit, type: string): Promise<Response | undefined> {
    try {
      return await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
    } catch {
      return undefined;
    }
  }

  async function addFiles(files: readonly File[]): Promise<readonly FileHandle[]> {
    const handles: FileHandle[] = [];
    for (const file of files) {
      const response = await send(`/files?name=${encodeURIComponent(file.name)}`, file, 'application/octet-stream');
      const envelope: Envelope<FileHandle> = response === undefined ? unreachable : await readEnvelope<FileHandle>(response);
      if (!envelope.ok) throw new PathlightError(envelope.error.code, envelope.error.message, envelope.error.detail);
      handles.push(envelope.data);
    }
    return handles;
  }

  return {
    host: 'browser',
    async call<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<Envelope<RouteOutput<Name>>> {
      const response = await send(`/api/${name}`, JSON.stringify({ input }), 'application/json');
      return response === undefined ? unreachable : readEnvelope<RouteOutput<Name>>(response);
    },
    onEvent(listener) {
      listeners.add(listener);
      stop ??= connectEvents({
        open: () =>
          new WebSocket(
            `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/events?token=${encodeURIComponent(token)}`,
          ),
        onMessage: (text) => {
          const event = applicationEvent.safeParse(JSON.parse(text));
          if (event.success) emit(event.data);
        },
        // Whatever happened while nobody listened: read everything again.
        onReconnect: () => {
          emit({ type: 'gradebook.changed' });
          emit({ type: 'model.changed' });
        },
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
    async chooseFiles() {
      return addFiles(await pickFiles());
    },
    addFiles,
    saveFile(fileId) {
      const anchor = document.createElement('a');
      anchor.href = `/files/${encodeURIComponent(fileId)}?token=${encodeURIComponent(token)}`;
      anchor.download = '';
      document.body.append(anchor);
      anchor.click();
      anchor.remove();
      return Promise.resolve({ saved: true });
    },
  };
}
