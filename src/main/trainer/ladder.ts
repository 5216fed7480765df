import { BACKENDS, chooseBackend, startBackend, timeTrial } from '../../compute/backend.ts';
import type { BackendName, Capability, LadderOptions } from '../../compute/backend.ts';
import { toRefusal } from '../../compute/refusal.ts';
import type { BackendRefusal } from '../../compute/refusal.ts';
import type { BackendProbe } from '../../shared/contract/computing.ts';
import { PathlightError } from '../../shared/errors.ts';
import type { LadderRequest } from './messages.ts';

/**
 * Starts the backend that the request asks for, or the first of the ladder that works. One asked for by name may also be WebGPU on a program that
 * plays the graphics card.
 * @throws PathlightError `backend-refused` where the one that alone will do does not work, saying why and what to do
 */
export async function climb({ wish, without = [] }: LadderRequest, options: LadderOptions): Promise<Capability> {
  const left = BACKENDS.filter((backend) => !without.includes(backend));
  if (!wish || !left.includes(wish.backend)) return chooseBackend(left, options);
  options.onTry?.(wish.backend);
  try {
    return { ...(await startBackend(wish.backend, { ...options, software: true })), refused: [] };
  } catch (error) {
    const refusal = toRefusal(error);
    if (wish.strict) throw backendRefused(wish.backend, refusal);
    const found = await chooseBackend(
      left.filter((backend) => backend !== wish.backend),
      options,
    );
    const { code, message: reason, detail } = refusal;
    return { ...found, refused: [{ backend: wish.backend, code, reason, detail }, ...found.refused] };
  }
}

const NAMES: Record<BackendName, string> = {
  tensorflow: 'TensorFlow',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
};

function backendRefused(backend: BackendName, { code, message }: BackendRefusal): PathlightError {
  const advice =
    backend === 'tensorflow' && code === 'not-installed'
      ? ' Run "node scripts/setup-tensorflow.mjs" to set it up, or ask for no backend to take the fastest that works.'
      : backend === 'webgpu' && code === 'no-adapter'
        ? ' Update the graphics driver (on Linux: a Vulkan driver and libvulkan1), or ask for no backend to take the fastest that works.'
        : ' Ask for no backend to take the fastest that works.';
  return new PathlightError(
    'backend-refused',
    `${NAMES[backend]} was asked for (--backend, or PATHLIGHT_BACKEND) and does not compute here: ${message}.${advice}`,
    { backend: NAMES[backend] },
  );
}

/** Tries one backend, and times what a training computes where it works. */
export async function probeBackend(
  backend: BackendName,
  software: boolean,
  trial: () => Promise<unknown>,
  onTry: (backend: BackendName) => void,
): Promise<BackendProbe> {
  onTry(backend);
  try {
    const { version, gpu, device, selfTest } = await startBackend(backend, { software });
    const stepMilliseconds = await timeTrial(trial);
    return { backend, version, gpu, device, selfTest, stepMilliseconds, refusal: null };
  } catch (error) {
    const { code, message: reason, detail } = toRefusal(error);
    return {
      backend,
      version: null,
      gpu: false,
      device: typeof detail['device'] === 'string' ? detail['device'] : null,
      selfTest: null,
      stepMilliseconds: null,
      refusal: { code, reason, detail },
    };
  }
}
