// How time and memory grow with a school: `node scripts/run.mjs scripts/scale.ts [--answers 1000000] [--folder …] [--stages …]`. Run by hand; docs/scale.md holds its figures.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    answers: { type: 'string', default: '100000' },
    folder: { type: 'string' },
    stages: { type: 'string', default: 'generate,import,open,train,adapt,change' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const answers = Number(options.answers);
const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'pathlight-scale-'));
mkdirSync(folder, { recursive: true });
const root = path.dirname(import.meta.dirname);

/** Says a process's peak memory while it lives: whoever is killed cannot say it at the end. */
const HOOK = `import { writeFileSync } from 'node:fs';
const say = () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.SCALE_PEAKS + '/' + process.pid, JSON.stringify([maxRSS / 1024, (userCPUTime + systemCPUTime) / 1e6]));
};
process.on('exit', say); setInterval(say, 250).unref();`;

interface Figures {
  readonly seconds: number;
  /** Of all its processes; what a busy machine does not blur. */
  readonly processorSeconds: number;
  /** Largest peak of its processes, and the sum of all their peaks, in MiB. */
  readonly peak: number;
  readonly together: number;
  readonly said: Readonly<Record<string, number | string>>;
}

async function run(words: readonly string[]): Promise<Figures> {
  const peaks = mkdtempSync(path.join(folder, 'peaks-'));
  const begun = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SCALE_PEAKS: peaks,
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(HOOK)}`,
      TF_CPP_MIN_LOG_LEVEL: process.env['TF_CPP_MIN_LOG_LEVEL'] ?? '3',
    },
  });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  const seconds = (performance.now() - begun) / 1000;
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${output}`);
  const each = readdirSync(peaks).map((file) => JSON.parse(readFileSync(path.join(peaks, file), 'utf8')) as [number, number]);
  const sizes = each.map(([size]) => size);
  rmSync(peaks, { recursive: true });
  const line = output.split('\n').find((text) => text.startsWith('{"'));
  return {
    seconds,
    processorSeconds: each.reduce((sum, [, time]) => sum + time, 0),
    peak: Math.max(0, ...sizes),
    together: sizes.reduce((sum, value) => sum + value, 0),
    said: line ? (JSON.parse(line) as Figures['said']) : {},
  };
}

const stage = (name: string, ...rest: string[]): Promise<Figures> =>
  run([path.join(root, 'scripts', 'scale', `${name}.ts`), folder, ...rest]);

/** One command for each file, as a school brings one export after the other. */
async function importAll(): Promise<Figures> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .sort();
  let seconds = 0;
  let processorSeconds = 0;
  let peak = 0;
  for (const file of files) {
    const figures = await run([
      path.join(root, 'src', 'cli', 'index.ts'),
      'import',
      path.join(folder, file),
      '--data',
      path.join(folder, 'data'),
    ]);
    seconds += figures.seconds;
    processorSeconds += figures.processorSeconds;
    peak = Math.max(peak, figures.peak);
  }
  return {
    seconds,
    processorSeconds,
    peak,
    together: peak,
    said: {
      files: files.length,
      'answers/s': Math.round(answers / seconds),
      'gradebook MiB': Math.round(statSync(path.join(folder, 'data', 'gradebook.sqlite')).size / 2 ** 20),
    },
  };
}

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}; ${answers.toLocaleString('en')} answers`,
);
const results: Record<string, Figures> = {};
try {
  for (const name of options.stages.split(',')) {
    const figures = name === 'import' ? await importAll() : await stage(name, ...(name === 'generate' ? [String(answers)] : []));
    results[name] = figures;
    const said = Object.entries(figures.said).map(([what, value]) => `${what} ${value}`);
    console.log(
      `${name.padEnd(9)} ${figures.seconds.toFixed(1).padStart(8)} s (${figures.processorSeconds.toFixed(1).padStart(7)} s of processors)  ${figures.peak.toFixed(0).padStart(6)} MiB${figures.together > figures.peak + 1 ? ` (${figures.together.toFixed(0)} in all processes)` : ''}  ${said.join(', ')}`,
    );
  }
  if (options.json) console.log(JSON.stringify({ answers, results }));
} finally {
  if (!options.keep && !options.folder && existsSync(folder)) rmSync(folder, { recursive: true });
}
