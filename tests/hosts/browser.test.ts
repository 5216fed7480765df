import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startBrowserHost } from '../../src/main/hosts/browser.ts';
import { startApplication } from '../support/application.ts';
import { temporaryFolder } from '../support/folders.ts';

const TOKEN = 'the-right-token';

describe('the browser host', () => {
  let port = 0;
  let pages = '';

  beforeEach(async () => {
    const folder = temporaryFolder();
    pages = path.join(folder, 'pages');
    mkdirSync(pages);
    writeFileSync(path.join(pages, 'index.html'), '<!doctype html><title>Pathlight</title>');
    writeFileSync(path.join(folder, 'secret.txt'), 'secret');
    const host = await startBrowserHost({ application: startApplication().application, pages, token: TOKEN, port: 0 });
    onTestFinished(() => host.close());
    port = Number(new URL(host.url).port);
    expect(new URL(host.url).hostname).toBe('127.0.0.1');
  });

  const ask = (
    target: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> =>
    new Promise((resolve, reject) => {
      const call = request(
        { host: '127.0.0.1', port, path: target, method: options.method ?? 'GET', headers: options.headers },
        (response) => {
          let body = '';
          response.on('data', (part) => (body += part));
          response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }));
        },
      );
      call.on('error', reject);
      call.end(options.body);
    });
  const call = (headers: Record<string, string>) => ask('/api/system.status', { method: 'POST', headers, body: '{"input":{}}' });

  it('answers its own page with the token', async () => {
    const { status, body } = await call({ 'x-pathlight-token': TOKEN, origin: `http://127.0.0.1:${port}` });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ ok: true, data: { host: 'browser' } });
  });

  it('gives nothing without the token, to another origin, or under another name', async () => {
    expect((await call({})).status).toBe(401);
    expect((await call({ 'x-pathlight-token': 'wrong' })).status).toBe(401);
    expect((await call({ 'x-pathlight-token': TOKEN, origin: 'https://example.org' })).status).toBe(403);
    expect((await call({ 'x-pathlight-token': TOKEN, origin: 'null' })).status).toBe(403);
    expect((await call({ 'x-pathlight-token': TOKEN, host: `pathlight.example.org:${port}` })).status).toBe(403);
    expect((await ask('/files?name=a.csv', { method: 'POST', body: 'x' })).status).toBe(401);
    expect((await ask('/files/1?token=wrong')).status).toBe(401);
    for (const response of [await call({}), await call({ 'x-pathlight-token': TOKEN, origin: 'https://example.org' })]) {
      expect(response.body).toBe('');
      expect(response.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('serves the pages under the same policy, and nothing beside them', async () => {
    const page = await ask('/');
    expect(page.body).toContain('Pathlight');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    for (const target of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/nothing.js'])
      expect((await ask(target)).status).toBe(404);
  });

  it('takes a file and gives it back', async () => {
    const taken = JSON.parse(
      (
        await ask('/files?name=..%2F..%2Froster.csv', {
          method: 'POST',
          headers: { 'x-pathlight-token': TOKEN },
          body: 'student\n1',
        })
      ).body,
    );
    expect(taken).toMatchObject({ ok: true, data: { name: 'roster.csv', size: 9 } });
    const back = await ask(`/files/${taken.data.id}?token=${TOKEN}`);
    expect(back.body).toBe('student\n1');
    expect(back.headers['content-disposition']).toContain('attachment');
  });

  const socket = (token: string, origin: string | undefined): Promise<'open' | 'refused'> =>
    new Promise((resolve) => {
      const client = new WebSocket(`ws://127.0.0.1:${port}/events?token=${token}`, origin === undefined ? {} : { origin });
      client.on('open', () => {
        client.terminate();
        resolve('open');
      });
      client.on('error', () => resolve('refused'));
    });

  it('sends events to its own page only', async () => {
    const own = `http://127.0.0.1:${port}`;
    expect(await socket(TOKEN, own)).toBe('open');
    expect(await socket('wrong', own)).toBe('refused');
    expect(await socket(TOKEN, 'https://example.org')).toBe('refused');
    expect(await socket(TOKEN, undefined)).toBe('refused');
  });

  it('survives nonsense', async () => {
    expect(
      (await ask('/api/system.status', { method: 'POST', headers: { 'x-pathlight-token': TOKEN }, body: 'no json' })).status,
    ).toBe(400);
    expect((await ask('/api/system.status', { method: 'PUT', headers: { 'x-pathlight-token': TOKEN } })).status).toBe(405);
    expect((await ask('/%', {})).status).toBeGreaterThanOrEqual(400);
    expect((await call({ 'x-pathlight-token': TOKEN })).status).toBe(200);
  });
});
