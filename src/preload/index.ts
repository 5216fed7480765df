// Gives the page its only way out: window.pathlight. Runs sandboxed, so it is bundled as CommonJS and imports nothing but Electron.
import { contextBridge, ipcRenderer } from 'electron';
import type { ApplicationEvent, Envelope, FileHandle, PathlightApi } from '../shared/contract/index.ts';

const unwrap = <Data>(envelope: Envelope<Data>): Data => {
  if (envelope.ok) return envelope.data;
  throw Object.assign(new Error(envelope.error.message), { code: envelope.error.code });
};

const api: PathlightApi = {
  host: 'electron',
  call: (name, input) => ipcRenderer.invoke('pathlight:call', name, input),
  onEvent(listener) {
    const forward = (_event: Electron.IpcRendererEvent, event: ApplicationEvent): void => listener(event);
    ipcRenderer.on('pathlight:event', forward);
    return () => ipcRenderer.removeListener('pathlight:event', forward);
  },
  chooseFiles: async () => unwrap((await ipcRenderer.invoke('pathlight:choose-files')) as Envelope<readonly FileHandle[]>),
  addFiles: async (files) => {
    const handles: FileHandle[] = [];
    for (const file of files)
      handles.push(
        unwrap(
          (await ipcRenderer.invoke(
            'pathlight:add-file',
            file.name,
            new Uint8Array(await file.arrayBuffer()),
          )) as Envelope<FileHandle>,
        ),
      );
    return handles;
  },
  saveFile: async (fileId) =>
    unwrap((await ipcRenderer.invoke('pathlight:save-file', fileId)) as Envelope<{ readonly saved: boolean }>),
};

contextBridge.exposeInMainWorld('pathlight', api);
