import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import * as fake from '../support/fake-electron.ts';
import { temporaryFolder } from '../support/folders.ts';

it('Electron’s entry opens one window on the user’s folder, brings it forward on a second start, and closes the gradebook on quit', async () => {
  fake.app.folder = temporaryFolder();
  await import('../../src/main/index.ts');
  await vi.waitFor(() => expect(fake.BrowserWindow.all).toHaveLength(1));
  const [window] = fake.BrowserWindow.all;
  await vi.waitFor(() => expect(window!.loaded).toContain(path.join('renderer', 'index.html')));
  expect(fake.dialog.errors).toEqual([]);
  const focused = vi.fn();
  window!.on('focused', focused);
  fake.app.emit('second-instance');
  expect(focused).toHaveBeenCalledOnce();
  const preventDefault = vi.fn();
  fake.app.emit('before-quit', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(fake.app.quits).toBe(1));
  fake.app.emit('before-quit', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
});

it('a second app on one gradebook says whose window to use, and ends', async () => {
  vi.resetModules();
  const second = await import('../support/fake-electron.ts');
  second.app.folder = temporaryFolder();
  // The process that runs the tests lives, and is not this one.
  writeFileSync(path.join(second.app.folder, 'app.lock'), String(process.ppid));
  await import('../../src/main/index.ts');
  await vi.waitFor(() => expect(second.app.quits).toBe(1));
  expect(second.dialog.errors.flat().join(' ')).toMatch(/Another Pathlight .* Use that window, or close it first/);
  expect(second.BrowserWindow.all).toEqual([]);
});
