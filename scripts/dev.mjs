// `npm run dev`: hot reload of the pages in the browser, with the real services behind them; those start anew when their sources change.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { EXPLANATION, findNode, programEnvironment } from './node24.mjs';

const node = findNode();
if (node === null) {
  console.error(EXPLANATION);
  process.exit(1);
}
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.PATHLIGHT_PORT ?? 47320);
const token = randomBytes(24).toString('base64url');
const services = `http://127.0.0.1:${port}`;
if (!ensureBuilt(node)) process.exit(1);
const serve = spawn(
  node,
  [
    '--no-deprecation',
    '--watch-path',
    path.join(root, 'src', 'main'),
    '--watch-path',
    path.join(root, 'src', 'learning'),
    path.join(root, 'src', 'cli', 'index.ts'),
    'serve',
    '--no-open',
    '--port',
    String(port),
    ...process.argv.slice(2),
  ],
  { stdio: ['inherit', 'ignore', 'inherit'], env: { ...programEnvironment(), PATHLIGHT_TOKEN: token } },
);
const { createServer } = await import('vite');
const { default: react } = await import('@vitejs/plugin-react');
const forward = { target: services, changeOrigin: true, headers: { origin: services } };
// The pages' own folder api/ is fetched by GET, calls are made by POST.
const calls = { ...forward, bypass: (request) => (request.method === 'GET' ? request.url : undefined) };
const server = await createServer({
  configFile: false,
  root: path.join(root, 'src', 'renderer'),
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': calls, '/files': forward, '/events': { ...forward, ws: true, rewriteWsOrigin: true } },
  },
});
await server.listen();
console.log(`${server.resolvedUrls.local[0]}?token=${token}`);
const stop = async () => {
  serve.kill();
  await server.close();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
serve.on('exit', stop);
