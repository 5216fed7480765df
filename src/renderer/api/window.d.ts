import type { PathlightApi } from '../../shared/contract/index.ts';

declare global {
  interface Window {
    /** Set by preload in Electron; absent in the browser host. */
    readonly pathlight?: PathlightApi;
  }
}
