import { homedir } from 'node:os';
import path from 'node:path';

/** Where the gradebook lives when nobody says otherwise: the place that each system keeps for an application's data. */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
): string {
  if (environment['PATHLIGHT_FOLDER']) return environment['PATHLIGHT_FOLDER'];
  if (platform === 'win32')
    return path.win32.join(environment['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'Pathlight');
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Pathlight');
  return path.posix.join(environment['XDG_CONFIG_HOME'] ?? path.posix.join(home, '.config'), 'Pathlight');
}
