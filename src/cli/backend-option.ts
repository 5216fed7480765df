import type { Capability } from '../shared/contract/computing.ts';
import { backendNamed } from '../main/services/computing.ts';
import type { BackendWish } from '../main/trainer/messages.ts';

/**
 * `--backend NAME`, or else PATHLIGHT_BACKEND. Whoever names a backend here means it: nothing takes its place.
 * @throws PathlightError `unknown-backend`
 */
export function wishedBackend(option: string | undefined): BackendWish | undefined {
  const backend = backendNamed(option ?? process.env['PATHLIGHT_BACKEND']);
  return backend === null ? undefined : { backend, strict: true };
}

/** Says on the error stream why a training takes longer than it might. */
export function tellRefused({ backend, refused }: Capability): void {
  for (const { backend: faster, reason } of refused) console.error(`${faster} is not used: ${reason}.`);
  if (refused.length > 0) console.error(`Computing with ${backend}.`);
}
