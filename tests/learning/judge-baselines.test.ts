import { beforeAll, describe, expect, it } from 'vitest';
import type { Baseline, StoredBaselineName } from '../../src/learning/baselines/baseline.ts';
import { allBaselines, restoreBaseline, storedBaselines } from '../../src/learning/baselines/restore-baseline.ts';
import { trainBaseline } from '../../src/learning/baselines/train-baseline.ts';
import { ensembleForecaster } from '../../src/learning/evaluation/forecasters.ts';
import { createMember } from '../../src/learning/members.ts';
import type { TrainedMember } from '../../src/learning/members.ts';
import { createEpisode } from '../../src/learning/meta/episodes.ts';
import { createJudge } from '../../src/learning/meta/judge.ts';
import { adoptedBaseline, judgeBesideBaselines } from '../../src/learning/meta/judge-baselines.ts';
import { fitBaselines, QUICK_BASELINES } from '../../src/learning/meta/fit-baselines.ts';
import type { FittedBaselines } from '../../src/learning/meta/fit-baselines.ts';
import { createRandom } from '../../src/learning/random.ts';
import { simulatedClass } from '../support/courses.ts';

const { table } = simulatedClass(120, 23);
const heldBack = table.students.map((_, student) => student % 4 === 0);
const kept = (student: number): boolean => !heldBack[student]!;
const episode = createEpisode(table, kept, kept, 0);
const fit = table.students.map((_, student) => student).filter(kept);
const memberOf = ({ name, parameters }: Baseline): TrainedMember => ({
  weight: 1,
  kind: 'baseline',
  name,
  parameters,
  skillSets: table.skillSets,
});

describe('baselines beside the trained model', () => {
  let trained: Baseline[];
  beforeAll(async () => {
    const names: StoredBaselineName[] = ['irt', 'best-lr', 'pfa', 'bkt'];
    trained = await Promise.all(names.map((name) => trainBaseline(name, { table, fit, seed: 2 })));
  });

  it('a stored baseline forecasts as the trained one did', () => {
    const stored = storedBaselines(allBaselines(episode.course, trained));
    expect(stored.map(({ name }) => name)).toEqual(['irt', 'best-lr', 'pfa', 'bkt']);
    const first = table.start[0]!;
    for (const [index, each] of stored.entries()) {
      const again = restoreBaseline(structuredClone(each));
      const ask = (baseline: Baseline) => baseline.forecaster(table)(0, [first, first + 1, first + 2], [first + 3, first + 5]);
      expect([...ask(again)]).toEqual([...ask(trained[index]!)]);
    }
  });

  it('a baseline as a member forecasts as it does by itself, for every window', () => {
    // Students inside the counts are left out of their own difficulties, which a baseline by itself does not do.
    const student = heldBack.indexOf(true);
    const from = table.start[student]!;
    const support = Array.from({ length: 6 }, (_, row) => from + row);
    const query = [from + 6, from + 7, from + 11];
    for (const baseline of allBaselines(episode.course, trained)) {
      const alone = baseline.forecaster(table)(student, support, query);
      const member = ensembleForecaster([createMember(memberOf(baseline))], table, episode.knowledge);
      const joint = member(student, support, query);
      joint.forEach((value, row) => expect(value, baseline.name).toBeCloseTo(alone[row]!, 6));
    }
  });

  it('settings that were chosen before are taken over, without choosing again', async () => {
    const settings = { decay: 3, step: 5 };
    const short = await trainBaseline('best-lr', { table, fit, seed: 2, settings });
    expect(short.settings).toEqual(settings);
    expect(short.parameters['question']).not.toEqual(trained[1]!.parameters['question']);
  });

  const judge = createJudge([{ episode, students: heldBack.flatMap((is, student) => (is ? [student] : [])) }]);
  const fitting = (shouldStop?: () => boolean): Promise<FittedBaselines> =>
    fitBaselines({ table, seed: 2, names: QUICK_BASELINES, judges: [judge.students], shouldStop });
  const judged = async (members: readonly TrainedMember[]) => {
    const fitted = await fitting();
    const random = createRandom(3);
    const ensemble = { byPart: [members], final: members };
    const judgement = judgeBesideBaselines({ table, judge, ensemble, fitted }, (...asked) =>
      judge.metrics(judge.forecasts(...asked), random, []),
    );
    return { ...judgement, baselines: fitted.final };
  };

  it('keeps the ensemble where no baseline is better beyond chance', async () => {
    const closed: TrainedMember[] = [{ weight: 1, kind: 'closed' }];
    const { members, metrics, adopted, baselines } = await judged(closed);
    expect(members).toEqual(closed);
    expect(adopted).toBeNull();
    expect(metrics.report.models).toEqual(['pathlight', 'shrunk-irt', 'irt', 'question-mean', 'best-lr', 'pfa', 'bkt']);
    expect(metrics.report.points[0]!.students).toBe(judge.students.length);
    expect(baselines.map(({ name }) => name)).toEqual(['irt', 'best-lr', 'pfa', 'bkt']);
  });

  it('takes the best baseline in where the ensemble is worse, and its forecasts are then no worse than the baseline’s', async () => {
    // An ensemble that is certain of what it does not know.
    const wrong: TrainedMember = {
      weight: 1,
      kind: 'baseline',
      name: 'bkt',
      parameters: {
        bySet: Float32Array.from({ length: 4 * (table.skillSets.length + 1) }, (_, at) => [0.99, 0.5, 0.4, 0.01][at % 4]!),
      },
      skillSets: table.skillSets,
    };
    const { members, metrics, adopted } = await judged([wrong]);
    const { report } = metrics;
    expect(adopted!.difference.low).toBeGreaterThan(0);
    expect(members.find((member) => member.kind === 'baseline' && member.name === adopted!.baseline)!.weight).toBeGreaterThan(
      0.5,
    );
    expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    const difference = report.means[0]!.differences.find(({ model }) => model === adopted!.baseline)!.logLoss!;
    expect(difference.low).toBeLessThanOrEqual(0);
    expect(adoptedBaseline(metrics)).toBeUndefined();
  });

  it('gives a baseline that takes part already more weight where it is better by itself than the whole, and counts it once', async () => {
    const [irt] = allBaselines(episode.course, trained);
    const bad: TrainedMember = {
      weight: 0.9,
      kind: 'baseline',
      name: 'bkt',
      parameters: {
        bySet: Float32Array.from({ length: 4 * (table.skillSets.length + 1) }, (_, at) => [0.99, 0.5, 0.4, 0.01][at % 4]!),
      },
      skillSets: table.skillSets,
    };
    for (const name of ['irt', 'best-lr', 'pfa'] as const) {
      const member = memberOf(trained.find((each) => each.name === name) ?? irt!);
      const { members, adopted, metrics } = await judged([{ ...member, weight: 0.1 }, bad]);
      expect(adopted).not.toBeNull();
      const of = members.filter((each) => each.kind === 'baseline' && each.name === adopted!.baseline);
      expect(of).toHaveLength(1);
      expect(of[0]!.weight).toBeGreaterThan(0.5);
      expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
      expect(adoptedBaseline(metrics)).toBeUndefined();
      if (adopted!.baseline === name) return;
    }
    throw new Error('No member of the three was ever the best baseline: nothing was tried.');
  });

  it('stops where it is asked to', async () => {
    await expect(fitting(() => true)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
