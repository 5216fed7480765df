import { BACKEND_NAMES } from '../../shared/contract/computing.ts';
import type { BackendName, BackendProbe, ComputingStatus } from '../../shared/contract/computing.ts';
import { PathlightError } from '../../shared/errors.ts';
import { probeInProcess } from '../trainer/client.ts';
import type { BackendWish, SpawnTrainer } from '../trainer/messages.ts';
import type { RunningHooks } from './jobs.ts';
import type { JobHooks } from './ports.ts';
import type { SettingsStore } from './settings.ts';

/** Which tensor backend a training uses on this computer. */
export interface Computing {
  status(): ComputingStatus;
  /** What a training is to be asked for; undefined: the fastest that works. */
  wish(): BackendWish | undefined;
  /** Tries every backend. @throws CancelledError; PathlightError `training-runs` */
  probe(hooks: RunningHooks): Promise<ComputingStatus>;
  /** Tries the backend, and keeps the choice where it works. @throws as probe, and PathlightError `backend-unfit` */
  choose(backend: BackendName | null, hooks: RunningHooks): Promise<ComputingStatus>;
}

/**
 * A backend named on the command line or in the environment.
 * @throws PathlightError `unknown-backend`, naming those that there are
 */
export function backendNamed(name: string | undefined): BackendName | null {
  if (name === undefined || name === '') return null;
  const found = BACKEND_NAMES.find((each) => each === name);
  if (!found)
    throw new PathlightError(
      'unknown-backend',
      `There is no backend "${name}" (--backend, or PATHLIGHT_BACKEND). Choose one of: ${BACKEND_NAMES.join(', ')}.`,
      { backend: name },
    );
  return found;
}

/** Tries every backend, one after the other, so that none is timed beside another. */
export async function probeAll(
  spawn: SpawnTrainer,
  hooks: JobHooks & { readonly onProbe?: (probe: BackendProbe) => void } = {},
): Promise<readonly BackendProbe[]> {
  const probes: BackendProbe[] = [];
  for (const [index, backend] of BACKEND_NAMES.entries()) {
    hooks.onProgress?.({ fraction: index / BACKEND_NAMES.length, stage: `trying-${backend}` });
    const probe = await probeInProcess(spawn, backend, false, { signal: hooks.signal });
    probes.push(probe);
    hooks.onProbe?.(probe);
  }
  return withoutSlowGpu(probes);
}

/** WebGPU pays only where it beats WebAssembly, as the trainer's own ladder has it. */
function withoutSlowGpu(probes: readonly BackendProbe[]): readonly BackendProbe[] {
  const other = probes.find(({ backend }) => backend === 'wasm')?.stepMilliseconds ?? Number.POSITIVE_INFINITY;
  return probes.map((probe) => {
    const own = probe.stepMilliseconds;
    if (probe.backend !== 'webgpu' || own === null || own < other) return probe;
    const [milliseconds, wasm] = [Math.round(own), Math.round(other)];
    const reason = `it is slower here than WebAssembly (a training step takes ${milliseconds} ms instead of ${wasm} ms)`;
    return { ...probe, refusal: { code: 'slower', reason, detail: { milliseconds, other: wasm } } };
  });
}

/** Does it compute right where it is asked for by name, whatever else is faster? */
const computes = (probe: BackendProbe | undefined): boolean => probe !== undefined && probe.selfTest !== null;

/** What a training would use; null while that is not known. */
export function usedBackend(
  probes: readonly BackendProbe[],
  asked: BackendName | null,
  chosen: BackendName | null,
): BackendName | null {
  const of = (backend: BackendName): BackendProbe | undefined => probes.find((probe) => probe.backend === backend);
  if (asked !== null) return computes(of(asked)) ? asked : null;
  if (chosen !== null && computes(of(chosen))) return chosen;
  for (const backend of BACKEND_NAMES) {
    const probe = of(backend);
    if (probe === undefined) return null;
    if (probe.refusal === null) return backend;
  }
  return null;
}

export function createComputing(options: {
  readonly settings: SettingsStore;
  readonly spawnTrainer: SpawnTrainer;
  /** The only one that will do in this run. */
  readonly asked: BackendName | null;
  /** A training must not be slowed down, nor the timing by it. */
  readonly training: () => boolean;
}): Computing {
  const { settings, spawnTrainer, asked } = options;
  let probes: readonly BackendProbe[] = [];

  const status = (): ComputingStatus => {
    const chosen = settings.read().backend;
    return structuredClone({ probes, chosen, asked, used: usedBackend(probes, asked, chosen) }) as ComputingStatus;
  };
  const remember = (probe: BackendProbe): void => {
    probes = BACKEND_NAMES.flatMap((backend) =>
      backend === probe.backend ? [probe] : probes.filter((each) => each.backend === backend),
    );
  };
  const refuseWhileTraining = (): void => {
    if (options.training())
      throw new PathlightError('training-runs', 'A training is running. Wait until it has ended, or stop it.');
  };
  /** One asked for by name may be WebGPU in software, which the ladder itself passes over. */
  const probeNamed = async (backend: BackendName, hooks: RunningHooks): Promise<BackendProbe> => {
    hooks.report(0.1, `trying-${backend}`);
    const probe = await probeInProcess(spawnTrainer, backend, true, { signal: hooks.signal });
    remember(probe);
    return probe;
  };

  return {
    status,
    wish() {
      if (asked !== null) return { backend: asked, strict: true };
      const { backend } = settings.read();
      return backend === null ? undefined : { backend, strict: false };
    },
    async probe(hooks) {
      refuseWhileTraining();
      probes = await probeAll(spawnTrainer, { ...hooks, onProbe: remember });
      const wanted = asked ?? settings.read().backend;
      if (wanted === 'webgpu' && probes.find(({ backend }) => backend === wanted)?.refusal?.code === 'software-adapter')
        await probeNamed(wanted, hooks);
      return status();
    },
    async choose(backend, hooks) {
      refuseWhileTraining();
      if (backend !== null) {
        const probe = await probeNamed(backend, hooks);
        if (!computes(probe))
          throw new PathlightError(
            'backend-unfit',
            `This backend does not compute here: ${probe.refusal?.reason ?? 'for an unknown reason'}. The choice stays as it was.`,
          );
      }
      settings.write({ backend });
      return status();
    },
  };
}
