import type { ApplicationEvent, Envelope, FileHandle, RouteName, RouteOutput } from '../shared/contract/index.ts';
import type { SpawnBackup } from './services/backups/messages.ts';
import type { SpawnImporter } from './services/importing/messages.ts';
import type { PrintToPdf } from './services/plans/printer.ts';
import type { Clock } from './services/ports.ts';
import type { SpawnTrainer } from './trainer/messages.ts';

/** What a host gives the application. */
export interface ApplicationOptions {
  /** Where the gradebook and the models live. */
  readonly folder: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly spawnTrainer: SpawnTrainer;
  readonly host: 'electron' | 'browser';
  /** Folder of the shipped starter model, starter map and sample class. */
  readonly resources: string;
  readonly version: string;
  /** Turns a page into PDF, where the host can. */
  readonly printToPdf?: PrintToPdf | undefined;
  /** The only tensor backend that will do in this run, asked for by name. */
  readonly backend?: string | undefined;
  /** Without it, imports fork a Node process. */
  readonly spawnImporter?: SpawnImporter | undefined;
  /** The same for the process that writes and checks backups. */
  readonly spawnBackup?: SpawnBackup | undefined;
}

export interface Application {
  /** Checks input and output against the contract; never throws. */
  call<Name extends RouteName>(name: Name, input: unknown): Promise<Envelope<RouteOutput<Name>>>;
  stageFile(name: string, bytes: Uint8Array): FileHandle;
  takeFile(id: string): { readonly name: string; readonly bytes: Uint8Array; readonly mime: string };
  onEvent(listener: (event: ApplicationEvent) => void): () => void;
  close(): Promise<void>;
}
