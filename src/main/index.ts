// Electron's entry: the only file that wires everything for Electron.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { createApplication } from './application.ts';
import type { Application } from './application-options.ts';
import { openWindow, printToPdf } from './hosts/electron.ts';
import { describeFailure } from './services/failure.ts';
import { utility } from './processes/utility.ts';

/** Bundled files lie beside this one in out/main. */
const here = import.meta.dirname;

async function start(): Promise<void> {
  // A second start brings the first window forward: two apps on one gradebook are refused.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  await app.whenReady();
  let application: Application;
  try {
    application = createApplication({
      folder: process.env['PATHLIGHT_FOLDER'] ?? app.getPath('userData'),
      clock: () => Date.now(),
      newId: randomUUID,
      spawnTrainer: utility(path.join(here, 'trainer.js'), 'Pathlight training'),
      spawnImporter: utility(path.join(here, 'importer.js'), 'Pathlight importing'),
      spawnBackup: utility(path.join(here, 'backup.js'), 'Pathlight backup'),
      host: 'electron',
      resources: app.isPackaged ? path.join(process.resourcesPath, 'resources') : path.join(here, '..', '..', 'resources'),
      version: app.getVersion(),
      printToPdf,
      backend: process.env['PATHLIGHT_BACKEND'],
    });
  } catch (error) {
    dialog.showErrorBox('Pathlight', describeFailure(error).message);
    app.quit();
    return;
  }
  const open = (): Promise<BrowserWindow> =>
    openWindow({
      application,
      preload: path.join(here, '..', 'preload', 'index.cjs'),
      page: path.join(here, '..', 'renderer', 'index.html'),
    });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void application.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
  await open();
}

void start();
