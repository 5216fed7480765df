import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from './support.ts';
import type { RunningApp } from './support.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('another site in the same browser gets nothing from the app, even with the token', async () => {
  const site = createServer((_request, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>'),
  );
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  try {
    const { origin, searchParams } = new URL(app.url);
    const page = await app.browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const got = await page.evaluate(
      async ([target, token]) => {
        const attempts: string[] = [];
        const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
          try {
            attempts.push(`${what}: ${String(await work())}`);
          } catch {
            attempts.push(`${what}: nothing`);
          }
        };
        const call = { method: 'POST', headers: { 'x-pathlight-token': token! }, body: '{"input":{}}' };
        await attempt('call', async () => (await fetch(`${target}/api/system.status`, call)).text());
        await attempt('simple call', async () =>
          (await fetch(`${target}/api/system.status`, { method: 'POST', body: '{"input":{}}' })).text(),
        );
        await attempt('page', async () => (await fetch(target!)).text());
        await attempt('frame', async () => {
          const frame = document.createElement('iframe');
          frame.src = `${target}/?token=${token}`;
          document.body.append(frame);
          await new Promise((resolve) => (frame.onload = resolve));
          return frame.contentDocument?.title;
        });
        await attempt(
          'events',
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(`${target!.replace('http', 'ws')}/events?token=${token}`);
              socket.onopen = () => resolve('open');
              socket.onerror = reject;
            }),
        );
        return attempts;
      },
      [origin, searchParams.get('token')],
    );
    expect(got).toEqual([
      'call: nothing',
      'simple call: nothing',
      'page: nothing',
      expect.stringMatching(/^frame: (nothing|undefined|null)$/),
      'events: nothing',
    ]);
    await page.close();
  } finally {
    site.close();
  }
});
