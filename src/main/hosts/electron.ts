import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BrowserWindow, dialog, ipcMain, session, shell } from 'electron';
import type { RouteName } from '../../shared/contract/index.ts';
import type { Paper } from '../../shared/contract/plans.ts';
import type { Application } from '../application-options.ts';
import { describeFailure } from '../services/failure.ts';
import { CONTENT_SECURITY_POLICY } from './content-security.ts';

export interface WindowOptions {
  readonly application: Application;
  /** Bundled preload script (CommonJS). */
  readonly preload: string;
  /** index.html of the built renderer. */
  readonly page: string;
}

/** Channels between preload and main process; preload/index.ts uses the same names. */
export const CHANNELS = {
  call: 'pathlight:call',
  chooseFiles: 'pathlight:choose-files',
  addFile: 'pathlight:add-file',
  saveFile: 'pathlight:save-file',
  event: 'pathlight:event',
} as const;

/** Opens the window and answers what the preload script asks. The page can do nothing but that: no Node, no other page, no permission. */
export async function openWindow({ application, preload, page }: WindowOptions): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Pathlight',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  lockDown(window);
  const ownPage = (frameUrl: string | undefined): boolean => frameUrl?.split(/[?#]/)[0] === fileAddress(page);
  const guarded =
    <Result>(work: (...args: unknown[]) => Promise<Result> | Result) =>
    async (
      event: Electron.IpcMainInvokeEvent,
      ...args: unknown[]
    ): Promise<Result | { ok: false; error: ReturnType<typeof describeFailure> }> => {
      if (!ownPage(event.senderFrame?.url))
        return { ok: false, error: { code: 'foreign-page', message: 'This page may not use Pathlight.', detail: {} } };
      try {
        return await work(...args);
      } catch (error) {
        return { ok: false, error: describeFailure(error) };
      }
    };
  ipcMain.handle(
    CHANNELS.call,
    guarded((name, input) => application.call(name as RouteName, input)),
  );
  ipcMain.handle(
    CHANNELS.chooseFiles,
    guarded(async () => {
      const chosen = await dialog.showOpenDialog(window, {
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'CSV, XLSX, ZIP, JSON', extensions: ['csv', 'tsv', 'txt', 'gz', 'xlsx', 'xls', 'zip', 'json'] },
          { name: 'SQLite', extensions: ['sqlite'] },
          { name: '*', extensions: ['*'] },
        ],
      });
      return {
        ok: true as const,
        data: chosen.canceled
          ? []
          : chosen.filePaths.map((file) => application.stageFile(path.basename(file), readFileSync(file))),
      };
    }),
  );
  ipcMain.handle(
    CHANNELS.addFile,
    guarded((name, bytes) => ({ ok: true as const, data: application.stageFile(String(name), bytes as Uint8Array) })),
  );
  ipcMain.handle(
    CHANNELS.saveFile,
    guarded(async (id) => {
      const file = application.takeFile(String(id));
      const chosen = await dialog.showSaveDialog(window, { defaultPath: file.name });
      if (chosen.canceled || !chosen.filePath) return { ok: true as const, data: { saved: false } };
      writeFileSync(chosen.filePath, file.bytes);
      return { ok: true as const, data: { saved: true } };
    }),
  );
  const stop = application.onEvent((event) => {
    if (!window.isDestroyed()) window.webContents.send(CHANNELS.event, event);
  });
  window.on('closed', () => {
    stop();
    for (const channel of Object.values(CHANNELS)) ipcMain.removeHandler(channel);
  });
  window.once('ready-to-show', () => window.show());
  const loaded = window.loadFile(page);
  // While the page loads, the class that it will ask for first is worked out.
  void application.call('classes.overview', {});
  await loaded;
  return window;
}

function fileAddress(file: string): string {
  const absolute = path.resolve(file).replaceAll('\\', '/');
  return `file://${absolute.startsWith('/') ? '' : '/'}${encodeURI(absolute)}`;
}

/** Refuses everything that the product does not need. */
function lockDown(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    // A link of the teacher's opens where web pages do; no page of the web comes into this window.
    if (/^https?:\/\//.test(url)) void shell.openExternal(url).catch(() => undefined);
    return { action: 'deny' };
  });
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  const own = webContents.session ?? session.defaultSession;
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [CONTENT_SECURITY_POLICY] } }),
  );
}

/** Chromium opens no address longer than 2 MB; base64 makes four characters of three bytes. */
const LONGEST_ADDRESS = 1_500_000;

/** Opens a page in a window that shows it to nobody; a class with a school's logo on every sheet is longer than any address, so it comes from a file that is gone at once. */
async function load(window: BrowserWindow, html: string): Promise<void> {
  const bytes = Buffer.from(html, 'utf8');
  if (bytes.length * (4 / 3) <= LONGEST_ADDRESS)
    return window.loadURL(`data:text/html;charset=utf-8;base64,${bytes.toString('base64')}`);
  // For this user's eyes only, where the system knows of such folders.
  const folder = await mkdtemp(path.join(tmpdir(), 'pathlight-print-'));
  try {
    const file = path.join(folder, 'page.html');
    await writeFile(file, bytes, { mode: 0o600 });
    await window.loadFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A page as a tagged PDF with an outline, printed by a hidden window without script. */
export async function printToPdf(html: string, paper: Paper): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  try {
    lockDown(window);
    await load(window, html);
    return await window.webContents.printToPDF({
      pageSize: paper === 'a4' ? 'A4' : 'Letter',
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    window.destroy();
  }
}
