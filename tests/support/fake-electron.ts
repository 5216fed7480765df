import { EventEmitter } from 'node:events';

/** Stands in for the real package, which tries to download a binary when it is required. Records what the app asks of Electron. */
type Handler = (...args: never[]) => unknown;

export const handlers = new Map<string, Handler>();
export const ipcMain = {
  handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
  removeHandler: (channel: string) => void handlers.delete(channel),
};

class FakeWebContents extends EventEmitter {
  sent: unknown[][] = [];
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  permission: {
    request?: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
    check?: () => boolean;
  } = {};
  headers:
    | ((
        details: { responseHeaders?: Record<string, string[]> },
        answer: (result: { responseHeaders: Record<string, string[]> }) => void,
      ) => void)
    | undefined;
  session = {
    setPermissionRequestHandler: (
      handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
    ) => {
      this.permission.request = handler;
    },
    setPermissionCheckHandler: (handler: () => boolean) => {
      this.permission.check = handler;
    },
    webRequest: {
      onHeadersReceived: (handler: NonNullable<FakeWebContents['headers']>) => {
        this.headers = handler;
      },
    },
  };
  setWindowOpenHandler(handler: NonNullable<FakeWebContents['openHandler']>) {
    this.openHandler = handler;
  }
  send(...args: unknown[]) {
    this.sent.push(args);
  }
  printed: unknown;
  printToPDF(options: unknown) {
    this.printed = options;
    return Promise.resolve(Buffer.from('%PDF-1.7 fake'));
  }
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = [];
  static getAllWindows() {
    return BrowserWindow.all;
  }
  readonly options: { webPreferences: Record<string, unknown> };
  readonly webContents = new FakeWebContents();
  loaded = '';
  destroyed = false;
  constructor(options: { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
  }
  loadFile(file: string) {
    this.loaded = file;
    return Promise.resolve();
  }
  loadURL(address: string) {
    this.loaded = address;
    return Promise.resolve();
  }
  show() {
    this.emit('shown');
  }
  isDestroyed() {
    return this.destroyed;
  }
  isMinimized() {
    return true;
  }
  restore() {
    this.emit('restored');
  }
  focus() {
    this.emit('focused');
  }
  destroy() {
    this.destroyed = true;
    this.emit('closed');
  }
}

export const dialog = {
  open: { canceled: true, filePaths: [] as string[] },
  save: { canceled: true, filePath: '' },
  errors: [] as string[],
  showOpenDialog: () => Promise.resolve(dialog.open),
  showSaveDialog: () => Promise.resolve(dialog.save),
  showErrorBox: (_title: string, text: string) => void dialog.errors.push(text),
};
export const session = { defaultSession: {} };
/** Addresses that were opened outside. */
export const opened: string[] = [];
export const shell = {
  openExternal: (url: string) => {
    opened.push(url);
    return Promise.resolve();
  },
};

class FakeApp extends EventEmitter {
  isPackaged = false;
  lock = true;
  quits = 0;
  folder = '';
  requestSingleInstanceLock = () => this.lock;
  whenReady = () => Promise.resolve();
  getPath = () => this.folder;
  getVersion = () => '0.1.0';
  quit = () => void this.quits++;
}
export const app = new FakeApp();

export class FakeUtilityProcess extends EventEmitter {
  posted: unknown[] = [];
  killed = false;
  postMessage(message: unknown) {
    this.posted.push(message);
  }
  kill() {
    this.killed = true;
    return true;
  }
}
export const utilityProcess = {
  forked: [] as { file: string; child: FakeUtilityProcess }[],
  fork(file: string) {
    const child = new FakeUtilityProcess();
    utilityProcess.forked.push({ file, child });
    return child;
  },
};

export const exposed = new Map<string, unknown>();
export const contextBridge = { exposeInMainWorld: (name: string, value: unknown) => void exposed.set(name, value) };
export const ipcRenderer = Object.assign(new EventEmitter(), {
  answers: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  invoke(channel: string, ...args: unknown[]) {
    ipcRenderer.invoked.push([channel, ...args]);
    return Promise.resolve(ipcRenderer.answers.get(channel));
  },
});
