import type { PathlightApi } from '../../shared/contract/index.ts';
import { createBrowserClient } from './browser-client.ts';
import { takeToken } from './token.ts';

/** The application behind this window: Electron's preload where there is one, else the browser host that served the page. */
export function getApi(): PathlightApi {
  return window.pathlight ?? createBrowserClient(takeToken(window));
}
