import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import path from 'node:path';
import { timingSafeEqual } from 'node:crypto';
import { WebSocketServer } from 'ws';
import type { RouteName } from '../../shared/contract/index.ts';
import type { Application } from '../application-options.ts';
import { describeFailure } from '../services/failure.ts';
import { LARGEST_FILE } from '../services/files.ts';
import { PathlightError } from '../../shared/errors.ts';
import { CONTENT_SECURITY_POLICY } from './content-security.ts';

export interface BrowserHost {
  /** With the token; whoever has it may use the application. */
  readonly url: string;
  close(): Promise<void>;
}

export interface BrowserHostOptions {
  readonly application: Application;
  /** Folder of the built renderer. */
  readonly pages: string;
  /** Unguessable; from the platform's random source. */
  readonly token: string;
  /** 0 takes any free one. */
  readonly port: number;
}

const LARGEST_CALL = 4 * 1024 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
};

/**
 * Serves the application on 127.0.0.1 to a browser on this machine. Each call needs the token; Host and Origin must be this server's own, so
 * that no other site can reach it, neither directly nor by a name that resolves to 127.0.0.1 (DNS rebinding).
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { application } = options;
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) =>
      sendJson(response, 500, { ok: false, error: describeFailure(error) }),
    );
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });

  const ownNames = (): string[] => {
    const address = server.address();
    const port = address && typeof address === 'object' ? address.port : options.port;
    return [`127.0.0.1:${port}`, `localhost:${port}`];
  };
  const isOwn = (request: IncomingMessage): boolean => {
    const names = ownNames();
    const { host, origin } = request.headers;
    if (!host || !names.includes(host)) return false;
    return origin === undefined || names.some((name) => origin === `http://${name}`);
  };
  const knowsToken = (given: string | null | undefined): boolean => {
    const wanted = Buffer.from(options.token);
    const received = Buffer.from(given ?? '');
    return wanted.length === received.length && timingSafeEqual(wanted, received);
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    if (!isOwn(request)) return refuse(response, 403);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const header = request.headers['x-pathlight-token'];
    if (request.method === 'POST' && url.pathname.startsWith('/api/')) {
      if (!knowsToken(typeof header === 'string' ? header : undefined)) return refuse(response, 401);
      const body = await readBody(request, LARGEST_CALL);
      let input: unknown;
      try {
        input = (JSON.parse(body.toString('utf8')) as { input?: unknown }).input;
      } catch {
        return refuse(response, 400);
      }
      return sendJson(response, 200, await application.call(url.pathname.slice('/api/'.length) as RouteName, input));
    }
    if (request.method === 'POST' && url.pathname === '/files') {
      if (!knowsToken(typeof header === 'string' ? header : undefined)) return refuse(response, 401);
      try {
        const handleOfFile = application.stageFile(url.searchParams.get('name') ?? 'file', await readBody(request, LARGEST_FILE));
        return sendJson(response, 200, { ok: true, data: handleOfFile });
      } catch (error) {
        return sendJson(response, 200, { ok: false, error: describeFailure(error) });
      }
    }
    if (request.method === 'GET' && url.pathname.startsWith('/files/')) {
      if (!knowsToken(url.searchParams.get('token'))) return refuse(response, 401);
      return sendFile(response, url.pathname.slice('/files/'.length));
    }
    if (request.method === 'GET' || request.method === 'HEAD') return sendPage(response, url.pathname);
    return refuse(response, 405);
  }

  function sendFile(response: ServerResponse, id: string): void {
    try {
      const file = application.takeFile(id);
      response.writeHead(200, {
        'Content-Type': file.mime,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'Cache-Control': 'no-store',
      });
      response.end(file.bytes);
    } catch {
      refuse(response, 404);
    }
  }

  /** The pages themselves hold nothing of anybody's: they are served without the token, and can do nothing without it. */
  function sendPage(response: ServerResponse, requested: string): void {
    const relative = requested === '/' ? 'index.html' : decodeURIComponent(requested.slice(1));
    const file = path.resolve(options.pages, relative);
    const inside = file.startsWith(path.resolve(options.pages) + path.sep);
    if (!inside || !existsSync(file) || !statSync(file).isFile()) return refuse(response, 404);
    response.writeHead(200, {
      'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'no-cache',
    });
    createReadStream(file).pipe(response);
    underWay++;
    response.once('close', () => {
      underWay--;
      if (underWay === 0 && path.extname(file) === '.js') prepareClass();
    });
  }

  let underWay = 0;
  let prepared = false;
  /** While the browser works through the program's text, the class that it will ask for is worked out already. */
  function prepareClass(): void {
    if (prepared) return;
    prepared = true;
    void application.call('classes.overview', {});
  }

  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    // A browser always names the origin of a socket; one without it is no page of ours.
    if (url.pathname !== '/events' || !isOwn(request) || !request.headers.origin || !knowsToken(url.searchParams.get('token'))) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const stop = application.onEvent((event) => client.send(JSON.stringify(event)));
      client.on('close', stop);
      client.on('error', () => client.terminate());
    });
  });

  await listen(server, options.port);
  return {
    url: `http://${ownNames()[0]}/?token=${options.token}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new PathlightError('port-in-use', `Port ${port} is taken by another program. Choose another with --port.`, { port })
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end();
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage, largest: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) {
      // Read to the end without keeping it, so that the browser gets the answer instead of a broken connection.
      for await (const rest of request as AsyncIterable<Buffer>) void rest;
      throw new PathlightError(
        'file-too-large',
        `The file is larger than ${Math.round(largest / 1024 / 1024)} MB. Split it and import the parts.`,
        {},
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
