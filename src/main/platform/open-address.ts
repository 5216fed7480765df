import { spawn } from 'node:child_process';

/** Opens an address in the person's own browser; where there is none, nothing happens (the address is printed anyway). */
export function openAddress(address: string, platform: NodeJS.Platform): void {
  const [command, args] =
    platform === 'win32'
      ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
      : platform === 'darwin'
        ? ['open', [address]]
        : ['xdg-open', [address]];
  const child = spawn(command as string, args as string[], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
