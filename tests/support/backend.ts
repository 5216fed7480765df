import { chooseBackend } from '../../src/compute/backend.ts';
import type { Capability } from '../../src/compute/backend.ts';

/** A real tensor backend; where TensorFlow is required (CI), nothing else will do. */
export async function realBackend(): Promise<Capability> {
  return chooseBackend(process.env['PATHLIGHT_REQUIRE_TENSORFLOW'] === '1' ? ['tensorflow'] : ['tensorflow', 'wasm', 'cpu']);
}
