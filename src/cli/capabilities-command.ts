import type { BackendProbe } from '../shared/contract/computing.ts';
import { probeAll, usedBackend } from '../main/services/computing.ts';
import { probeInProcess } from '../main/trainer/client.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import { wishedBackend } from './backend-option.ts';
import { PathlightError } from '../shared/errors.ts';
import { createProgressLine } from './progress.ts';

/** Tries every backend, or the one that is named, and prints what each can do here and which one a training uses. */
export async function capabilitiesCommand(options: { readonly backend?: string; readonly json?: boolean }): Promise<void> {
  const asked = wishedBackend(options.backend)?.backend ?? null;
  const line = createProgressLine(() => Date.now());
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const hooks = {
    signal: stop.signal,
    onProgress: ({ fraction, stage }: { fraction: number; stage: string }) => line.show(fraction, stage),
  };
  const probes = await (
    asked === null ? probeAll(forkTrainer, hooks) : probeInProcess(forkTrainer, asked, true, hooks).then((probe) => [probe])
  ).finally(() => line.done());
  const used = usedBackend(probes, asked, null);
  if (options.json) console.log(JSON.stringify({ used, backends: probes }, undefined, 1));
  else {
    for (const probe of probes) console.log(describe(probe, probe.backend === used));
  }
  if (used === null)
    throw new PathlightError(
      'backend-refused',
      asked === null
        ? 'No tensor backend works here, so nothing can be trained. Run "npm install" again.'
        : `${asked} does not compute here: ${probes[0]?.refusal?.reason ?? 'for an unknown reason'}. Leave --backend out to see what does.`,
      {},
    );
}

function describe({ backend, version, gpu, device, selfTest, stepMilliseconds, refusal }: BackendProbe, used: boolean): string {
  const facts = [
    ...(version === null ? [] : [`tfjs ${version}`]),
    ...(selfTest === null
      ? []
      : [
          gpu ? `GPU${device === null ? '' : ` (${device})`}` : (device ?? 'no GPU'),
          `self-test of ${selfTest.checks} computations passed in ${Math.round(selfTest.milliseconds)} ms`,
        ]),
    ...(stepMilliseconds === null ? [] : [`a training step takes ${stepMilliseconds.toFixed(1)} ms`]),
    ...(refusal === null ? [] : [refusal.reason]),
  ];
  return `${used ? '*' : ' '} ${backend}: ${refusal === null ? (used ? 'trains' : 'works') : 'not used'}; ${facts.join('; ')}`;
}
