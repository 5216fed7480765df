import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as fake from '../support/fake-electron.ts';
import { temporaryFolder } from '../support/folders.ts';
import { CHANNELS, openWindow, printToPdf } from '../../src/main/hosts/electron.ts';
import { utility } from '../../src/main/processes/utility.ts';
import type { Application } from '../../src/main/application-options.ts';

const staged: { name: string; bytes: Uint8Array }[] = [];
const application = {
  call: (name: string, input: unknown) => Promise.resolve({ ok: true, data: { name, input } }),
  stageFile: (name: string, bytes: Uint8Array) => {
    staged.push({ name, bytes });
    return { id: String(staged.length), name, size: bytes.length };
  },
  takeFile: () => ({ name: 'plan.csv', bytes: new TextEncoder().encode('a,b'), mime: 'text/csv' }),
  onEvent: () => () => undefined,
} as unknown as Application;

const page = path.resolve('out/renderer/index.html');
const ownAddress = `file://${page.startsWith('/') ? '' : '/'}${encodeURI(page.replaceAll('\\', '/'))}`;
const invoke = (channel: string, ...args: unknown[]) =>
  (fake.handlers.get(channel) as (...all: unknown[]) => Promise<unknown>)(
    { senderFrame: { url: `${ownAddress}#/class` } },
    ...args,
  );

describe('the Electron window', () => {
  let window: fake.BrowserWindow;
  beforeEach(async () => {
    fake.handlers.clear();
    window = (await openWindow({ application, preload: 'preload.cjs', page })) as unknown as fake.BrowserWindow;
  });

  it('is sandboxed and isolated, without Node', () => {
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
  });

  it('opens links of the web outside, and nothing else', () => {
    for (const url of ['https://example.org/a', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share'])
      expect(window.webContents.openHandler!({ url })).toEqual({ action: 'deny' });
    expect(fake.opened.splice(0)).toEqual(['https://example.org/a']);
  });

  it('refuses other pages, other windows and every permission', () => {
    expect(window.webContents.openHandler!({ url: 'https://example.org' })).toEqual({ action: 'deny' });
    for (const event of ['will-navigate', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      window.webContents.emit(event, { preventDefault });
      expect(preventDefault).toHaveBeenCalled();
    }
    const answer = vi.fn();
    window.webContents.permission.request!(undefined, 'camera', answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(window.webContents.permission.check!()).toBe(false);
  });

  it('sends a strict content security policy', () => {
    const answer = vi.fn();
    window.webContents.headers!({ responseHeaders: {} }, answer);
    const [policy] = answer.mock.calls[0]![0].responseHeaders['Content-Security-Policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("script-src 'self'");
  });

  it('answers its own page only', async () => {
    expect(await invoke(CHANNELS.call, 'jobs.list', {})).toEqual({ ok: true, data: { name: 'jobs.list', input: {} } });
    const foreign = await (fake.handlers.get(CHANNELS.call) as (...all: unknown[]) => Promise<unknown>)(
      { senderFrame: { url: 'https://example.org/' } },
      'jobs.list',
      {},
    );
    expect(foreign).toMatchObject({ ok: false, error: { code: 'foreign-page' } });
  });

  it('opens and saves files through the system’s dialogs', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'roster.csv');
    writeFileSync(file, 'student\n1');
    fake.dialog.open = { canceled: true, filePaths: [] };
    expect(await invoke(CHANNELS.chooseFiles)).toEqual({ ok: true, data: [] });
    fake.dialog.open = { canceled: false, filePaths: [file] };
    expect(await invoke(CHANNELS.chooseFiles)).toMatchObject({ ok: true, data: [{ name: 'roster.csv', size: 9 }] });
    expect(await invoke(CHANNELS.saveFile, '1')).toEqual({ ok: true, data: { saved: false } });
    const target = path.join(folder, 'plan.csv');
    fake.dialog.save = { canceled: false, filePath: target };
    expect(await invoke(CHANNELS.saveFile, '1')).toEqual({ ok: true, data: { saved: true } });
    expect(existsSync(target) && readFileSync(target, 'utf8')).toBe('a,b');
  });

  it('prints to PDF in a hidden window without script, which is gone afterwards', async () => {
    const bytes = await printToPdf('<p>Plan</p>', 'letter');
    expect(Buffer.from(bytes).toString()).toContain('%PDF');
    const printer = fake.BrowserWindow.all.at(-1)!;
    expect(printer.options.webPreferences).toMatchObject({ javascript: false, sandbox: true });
    expect(printer.webContents.printed).toMatchObject({
      pageSize: 'Letter',
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    expect(printer.destroyed).toBe(true);
  });

  it('prints a page that is too long for an address from a file that is gone afterwards', async () => {
    await printToPdf(`<p>${'Plan '.repeat(400_000)}</p>`, 'a4');
    const printer = fake.BrowserWindow.all.at(-1)!;
    expect(printer.loaded).toMatch(/pathlight-print-.*page\.html$/);
    expect(existsSync(path.dirname(printer.loaded))).toBe(false);
    expect(printer.webContents.printed).toMatchObject({ pageSize: 'A4', preferCSSPageSize: true });
    await printToPdf('<p>Plan</p>', 'a4');
    expect(fake.BrowserWindow.all.at(-1)!.loaded).toMatch(/^data:text\/html;charset=utf-8;base64,/);
  });

  it('takes its handlers away when it is closed', () => {
    window.emit('closed');
    expect(fake.handlers.size).toBe(0);
  });
});

describe('the preload script', () => {
  it('gives the page one object and nothing of Electron', async () => {
    await import('../../src/preload/index.ts');
    const api = fake.exposed.get('pathlight') as Record<string, (...args: unknown[]) => Promise<unknown>>;
    expect(Object.keys(api).sort()).toEqual(['addFiles', 'call', 'chooseFiles', 'host', 'onEvent', 'saveFile']);
    fake.ipcRenderer.answers.set(CHANNELS.call, { ok: true, data: 1 });
    expect(await api['call']!('jobs.list', {})).toEqual({ ok: true, data: 1 });
    expect(fake.ipcRenderer.invoked.at(-1)).toEqual([CHANNELS.call, 'jobs.list', {}]);
    fake.ipcRenderer.answers.set(CHANNELS.saveFile, { ok: false, error: { code: 'file-gone', message: 'gone', detail: {} } });
    await expect(api['saveFile']!('1')).rejects.toThrow('gone');
    const heard: unknown[] = [];
    const stop = (api['onEvent'] as unknown as (listener: (event: unknown) => void) => () => void)((event) => heard.push(event));
    fake.ipcRenderer.emit(CHANNELS.event, {}, { type: 'model.changed' });
    stop();
    fake.ipcRenderer.emit(CHANNELS.event, {}, { type: 'model.changed' });
    expect(heard).toEqual([{ type: 'model.changed' }]);
  });
});

describe('a utility process', () => {
  it('carries messages both ways and can be killed', () => {
    const channel = utility<unknown, unknown>('trainer.js', 'Training')();
    const { file, child } = fake.utilityProcess.forked.at(-1)!;
    expect(file).toBe('trainer.js');
    const heard: unknown[] = [];
    const gone = vi.fn();
    channel.onMessage((message) => heard.push(message));
    channel.onExit(gone);
    channel.send({ type: 'cancel' });
    child.emit('message', { type: 'failed', code: 'x', message: 'y', detail: {} });
    child.emit('exit', 1);
    channel.kill();
    expect(child.posted).toEqual([{ type: 'cancel' }]);
    expect(heard).toHaveLength(1);
    expect(gone).toHaveBeenCalledOnce();
    expect(child.killed).toBe(true);
  });
});
