import path from 'node:path';
import process from 'node:process';
import type { Line, Measurement } from '../measurement.ts';
import { findPython, NO_JAX, NO_TORCH, runToEnd, sharedFile, withTemporaryFolder } from '../places.ts';
import type { Timing, Variant } from './run.ts';
import { usualOperations } from './step.ts';
import { readFileSync } from 'node:fs';

const TASKS = [32, 256] as const;
const REPEATS = 40;

/** TensorFlow's own threads: as the product sets them (nothing given), or one operation a core and as many at a time as there are cores. */
const SIDE_BY_SIDE = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '2' };

interface Way {
  readonly name: string;
  readonly variant: Omit<Variant, 'tasks' | 'repeats'>;
  readonly threads?: Readonly<Record<string, string>>;
}

const WAYS: readonly Way[] = [
  { name: 'eager', variant: { way: 'written-out', mode: 'eager', parts: 1 } },
  { name: 'compiled', variant: { way: 'written-out', mode: 'compiled', parts: 1 } },
  { name: 'compiled, XLA', variant: { way: 'written-out', mode: 'xla', parts: 1 } },
  { name: 'compiled, factored', variant: { way: 'factored', mode: 'compiled', parts: 1 } },
  { name: 'compiled, factored, XLA', variant: { way: 'factored', mode: 'xla', parts: 1 } },
  {
    name: 'compiled, factored, in two parts side by side',
    variant: { way: 'factored', mode: 'compiled', parts: 2 },
    threads: SIDE_BY_SIDE,
  },
  {
    name: 'compiled, factored, in two parts side by side, XLA',
    variant: { way: 'factored', mode: 'xla', parts: 2 },
    threads: SIDE_BY_SIDE,
  },
  {
    name: 'compiled, in two parts side by side, XLA',
    variant: { way: 'written-out', mode: 'xla', parts: 2 },
    threads: SIDE_BY_SIDE,
  },
];

interface PeerTiming {
  readonly tasks: number;
  readonly way: string;
  readonly milliseconds: number;
}

/** What a peer's script takes; undefined where the script or its module is missing. */
function measurePeer(script: string | undefined, module: string): Promise<readonly PeerTiming[] | undefined> {
  const python = findPython(module);
  if (!script || !python) return Promise.resolve(undefined);
  return withTemporaryFolder((folder) => {
    const json = path.join(folder, 'peer.json');
    runToEnd(python, [script, '--tasks', TASKS.join(), '--json', json]);
    return JSON.parse(readFileSync(json, 'utf8')) as PeerTiming[];
  });
}

function run<Result>(variant: Variant, threads: Readonly<Record<string, string>> = {}): Result {
  const file = path.join(import.meta.dirname, 'run.ts');
  const output = runToEnd(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--no-deprecation', file, JSON.stringify(variant)],
    threads,
  );
  return JSON.parse(output.trim().split('\n').at(-1)!) as Result;
}

export const referenceStep: Measurement = {
  key: 'referenceStep',
  title: 'One outer step of MAML (48-64-64-1, second order, five inner steps, ten support and ten query rows, Adam)',
  async measure() {
    const torch = await measurePeer(sharedFile('bench', 'pytorch_maml.py'), 'torch');
    const jax = await measurePeer(path.join(import.meta.dirname, 'jax_maml.py'), 'jax');
    const peak = run<number>({ way: 'factored', mode: 'peak', parts: 1, tasks: [], repeats: 0 });
    const timings = WAYS.map(({ name, variant, threads }) => ({
      name,
      ...variant,
      timings: run<Timing[]>({ ...variant, tasks: TASKS, repeats: REPEATS }, threads),
    }));
    expectSame(timings.flatMap((each) => each.timings));
    const lines: Line[] = [];
    const steps = TASKS.map((tasks) => {
      const own = timings.map(({ name, timings: all }) => ({ name, ...all.find((each) => each.tasks === tasks)! }));
      const best = own.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
      const theirs = torch?.filter((each) => each.tasks === tasks) ?? [];
      const loop = theirs.find(({ way }) => way === 'loop');
      const fastest = theirs.length > 0 ? theirs.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a)) : undefined;
      const factor = tasks === TASKS[0] ? 1.5 : 1;
      for (const each of theirs)
        lines.push({ what: `${tasks} tasks, PyTorch, ${each.way}`, value: each.milliseconds, unit: 'ms' });
      const jit = jax?.find((each) => each.tasks === tasks);
      if (jit) lines.push({ what: `${tasks} tasks, JAX, jit`, value: jit.milliseconds, unit: 'ms' });
      for (const each of own) lines.push({ what: `${tasks} tasks, ${each.name}`, value: each.milliseconds, unit: 'ms' });
      const share = usualOperations(tasks) / (best.milliseconds / 1e3) / peak;
      lines.push(
        {
          what: `${tasks} tasks, the fastest of ours`,
          value: best.milliseconds,
          unit: 'ms',
          ...(fastest && {
            bar: { value: fastest.milliseconds / factor, sense: 'at most', of: `${factor}× as fast as PyTorch ${fastest.way}` },
          }),
        },
        ...(loop
          ? [
              {
                what: `${tasks} tasks, beside PyTorch's loop over tasks`,
                value: best.milliseconds,
                unit: 'ms',
                bar: { value: loop.milliseconds / 10, sense: 'at most' as const, of: '10× as fast' },
              },
            ]
          : []),
        ...(jit
          ? [
              {
                what: `${tasks} tasks, beside JAX's jit`,
                value: best.milliseconds,
                unit: 'ms',
                bar: { value: jit.milliseconds, sense: 'at most' as const, of: 'its time' },
              },
            ]
          : []),
        {
          what: `${tasks} tasks, products as usually written, beside the machine's peak of ${(peak / 1e9).toFixed(0)} GFLOP/s`,
          value: 100 * share,
          unit: '%',
        },
      );
      return {
        tasks,
        milliseconds: best.milliseconds,
        way: best.name,
        shareOfPeak: share,
        fastestPyTorchMilliseconds: fastest?.milliseconds ?? null,
        pyTorchLoopMilliseconds: loop?.milliseconds ?? null,
        jaxMilliseconds: jit?.milliseconds ?? null,
        ways: own,
      };
    });
    return {
      lines,
      json: steps,
      more: { pytorch: torch ?? null, jax: jax ?? null, matmulPeakGflops: peak / 1e9 },
      notes: [...(torch ? [] : [NO_TORCH]), ...(jax ? [] : [NO_JAX])],
    };
  },
};

/** Every way gives the same loss and parameters. @throws Error where one does not */
function expectSame(timings: readonly Timing[]): void {
  for (const { tasks, check } of timings) {
    const expected = timings.find((each) => each.tasks === tasks)!.check;
    const apart = Math.max(...check.map((value, index) => Math.abs(value - expected[index]!)));
    if (!(apart < 1e-5)) throw new Error(`Two ways of the step at ${tasks} tasks differ by ${apart}.`);
  }
}
