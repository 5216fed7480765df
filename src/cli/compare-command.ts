import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { BASELINE_NAMES } from '../learning/baselines/baseline.ts';
import type { BaselineName } from '../learning/baselines/baseline.ts';
import { aloneOf, nameOfLearner } from '../learning/evaluation/comparison.ts';
import type { LearnerChoice } from '../learning/evaluation/comparison.ts';
import { meanOfReports, reportComparison } from '../learning/evaluation/comparison-report.ts';
import type { ComparisonReport } from '../learning/evaluation/comparison-report.ts';
import { findLearner } from '../learning/meta/learner.ts';
import type { StudentModelName } from '../learning/meta/school-members.ts';
import { createRandom } from '../learning/random.ts';
import { linkSkills, toResponseTable } from '../learning/responses.ts';
import { starterOf } from '../learning/trained-model.ts';
import { readModel } from '../main/services/model-store.ts';
import { compareInProcess } from '../main/trainer/client.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import type { ResponseSequence } from '../shared/domain.ts';
import { PathlightError } from '../shared/errors.ts';
import { tellRefused, wishedBackend } from './backend-option.ts';
import { describeComparison } from './describe-comparison.ts';
import { resources } from './paths.ts';
import { skillsOf } from './planning-source.ts';
import { resolveTyped } from './paths.ts';
import { createProgressLine } from './progress.ts';
import type { ProgressLine } from './progress.ts';
import { readCourseMap, readResponses } from './read-responses.ts';

export interface CompareOptions {
  readonly responses: readonly string[];
  readonly validation: string;
  readonly learners: readonly string[];
  readonly studentModels: readonly string[];
  readonly baselines: readonly string[];
  readonly after: readonly number[];
  readonly seed: number;
  readonly backend?: string;
  readonly pastStudents?: number;
  readonly blocks?: number;
  readonly skills?: string;
  readonly prerequisites?: string;
  readonly json?: string;
}

/** Trains learners and baselines on the same students and judges all of them on the same new ones. */
export async function compareCommand(options: CompareOptions): Promise<void> {
  const learners = learnersOf(options);
  // A wrong name is refused before anything is read.
  wishedBackend(options.backend);
  const baselines = options.baselines.map(findBaseline);
  if (learners.length + baselines.length === 0)
    throw new PathlightError('nothing-to-compare', 'Nothing is left to compare: name a learner or a baseline.');
  const all = await readResponses(options.responses);
  const validation = await readResponses([options.validation]);
  refuseSharedStudents(all, validation);
  const blocks = blocksOf(all, options);
  const line = createProgressLine(() => Date.now());
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const fractions = blocks.map(() => 0);
  const begin = blocks.map((sequences, index) => (): Promise<ComparisonReport> => {
    const show = (fraction: number, model: string): void => {
      fractions[index] = fraction;
      const total = fractions.reduce((sum, each) => sum + each, 0) / blocks.length;
      line.show(total, blocks.length > 1 ? `block ${index + 1}: ${model}` : model);
    };
    return compareBlock(options, learners, baselines, sequences, validation, blocks.length, stop.signal, { ...line, show });
  });
  let reports: ComparisonReport[];
  try {
    reports = await sideBySide(begin, PROCESSES);
  } catch (error) {
    // What still runs beside it would go on for nothing.
    stop.abort();
    throw error;
  } finally {
    line.done();
  }
  const report = reports.length > 1 ? meanOfReports(reports) : reports[0]!;
  if (report.asked.length === 0)
    throw new PathlightError('nothing-to-judge', 'No student has an answer beyond the support set; there is nothing to judge.');
  console.log(describeComparison(report));
  if (options.json) {
    const past = blocks.reduce((sum, block) => sum + block.length, 0) / blocks.length;
    const settings = { seed: options.seed, pastStudents: past, validationStudents: validation.length };
    writeFileSync(resolveTyped(options.json), `${JSON.stringify({ ...settings, ...report }, undefined, 1)}\n`);
  }
}

async function compareBlock(
  { after, seed, skills, prerequisites, backend }: CompareOptions,
  learners: readonly LearnerChoice[],
  baselines: readonly BaselineName[],
  sequences: readonly ResponseSequence[],
  validationSequences: readonly ResponseSequence[],
  blocks: number,
  signal: AbortSignal,
  line: ProgressLine,
): Promise<ComparisonReport> {
  const table = toResponseTable(sequences);
  const starter = path.join(resources, 'starter');
  const courseMap = await readCourseMap(skills, prerequisites, skillsOf(sequences));
  // Numbered as the trained model numbers them: skills that only the map knows come after those with answers.
  const known = linkSkills(table.skills, courseMap)?.skills ?? table.skills;
  const validation = toResponseTable(validationSequences, { ...table, skills: known });
  const request = {
    table,
    validation,
    courseMap,
    after,
    seed,
    starter: existsSync(starter) ? starterOf(readModel(starter)) : undefined,
  };
  const parts = blocks > 1 ? [{ learners, baselines }] : inParts(learners, baselines);
  const sizes = parts.map((part) => part.learners.length + part.baselines.length);
  const fractions = parts.map(() => 0);
  const begin = parts.map((part, index) => () => {
    const onProgress = (fraction: number, model: string): void => {
      fractions[index] = fraction;
      const done = fractions.reduce((sum, each, at) => sum + each * sizes[at]!, 0);
      line.show(done / sizes.reduce((sum, size) => sum + size, 0), model);
    };
    const onComputing = index === 0 ? tellRefused : undefined;
    return compareInProcess(
      forkTrainer,
      { ...request, ...part },
      { signal, wish: wishedBackend(backend), onComputing, onProgress },
    );
  });
  const found = new Map((await sideBySide(begin, PROCESSES)).flat().map((model) => [model.name, model]));
  // In the order of the command.
  const models = [...baselines, ...learners.map(nameOfLearner).flatMap((name) => [name, aloneOf(name)])].map((name) =>
    found.get(name)!,
  );
  line.show(1, 'judging');
  const seen = (question: number): boolean => question < table.questions.length;
  // Intervals of several blocks come from the blocks.
  return reportComparison({ validation, models, seen, random: createRandom(seed), replicates: blocks > 1 ? 0 : undefined });
}

/** One process of a training leaves the second core idle for half of the time; more than two would take much memory. */
const PROCESSES = Math.min(2, availableParallelism());

/**
 * What is trained in one process and shares its work: learners over one student model, which have the most in common. Baselines go with the last of
 * them, on networks, whose learners share least.
 */
function inParts(
  learners: readonly LearnerChoice[],
  baselines: readonly BaselineName[],
): { readonly learners: readonly LearnerChoice[]; readonly baselines: readonly BaselineName[] }[] {
  const groups = STUDENT_MODELS.map((name) => learners.filter(({ studentModel }) => studentModel === name)).filter(
    (group) => group.length > 0,
  );
  if (groups.length === 0) return [{ learners: [], baselines }];
  return groups.map((group, index) => ({ learners: group, baselines: index === groups.length - 1 ? baselines : [] }));
}

/** Does some jobs at a time; results in the order of the jobs. @throws what the first that fails throws */
async function sideBySide<Result>(jobs: readonly (() => Promise<Result>)[], most: number): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await jobs[index]!();
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, jobs.length) }, lane));
  return results;
}

const STUDENT_MODELS: readonly StudentModelName[] = ['phi', 'network'];

function learnersOf({ learners, studentModels }: CompareOptions): LearnerChoice[] {
  const chosen = studentModels.map((name) => {
    const found = STUDENT_MODELS.find((each) => each === name);
    if (!found)
      throw new PathlightError(
        'unknown-student-model',
        `There is no student model "${name}". Choose of: ${STUDENT_MODELS.join(', ')}.`,
        {
          studentModel: name,
        },
      );
    return found;
  });
  return learners.flatMap((name) => chosen.map((studentModel) => ({ learner: findLearner(name).name, studentModel })));
}

function findBaseline(name: string): BaselineName {
  const found = BASELINE_NAMES.find((each) => each === name);
  if (!found)
    throw new PathlightError('unknown-baseline', `There is no baseline "${name}". Choose of: ${BASELINE_NAMES.join(', ')}.`, {
      baseline: name,
    });
  return found;
}

/** Whoever trained a model may not judge it. */
function refuseSharedStudents(past: readonly ResponseSequence[], judges: readonly ResponseSequence[]): void {
  const ids = new Set(past.map(({ student }) => student));
  const shared = judges.filter(({ student }) => ids.has(student));
  if (shared.length > 0)
    throw new PathlightError(
      'shared-students',
      `${shared.length} students are in both files (the first is ${shared[0]!.student}). Students who train may not judge.`,
      { students: shared.length },
    );
}

/** Consecutive students in the order of the file; one block of everybody where no size is given. */
function blocksOf(
  all: readonly ResponseSequence[],
  { pastStudents, blocks = 1 }: CompareOptions,
): (readonly ResponseSequence[])[] {
  if (pastStudents === undefined) return [all];
  if (pastStudents * blocks > all.length)
    throw new PathlightError(
      'too-few-students',
      `${blocks} blocks of ${pastStudents} students need ${blocks * pastStudents}; there are ${all.length}.`,
      { students: all.length },
    );
  return Array.from({ length: blocks }, (_, block) => all.slice(block * pastStudents, (block + 1) * pastStudents));
}
