import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainModel } from '../../src/learning/meta/train.ts';
import { decodeModel, encodeModel } from '../../src/learning/model-file.ts';
import { createRandom } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import {
  drawProfiledSchool,
  judgeNewcomers,
  pairedDifference,
  shuffledProfiles,
} from '../../src/learning/simulation/profile-study.ts';
import type { ProfileFigures } from '../../src/learning/simulation/profile-study.ts';
import { chooseProfileColumns, encodeProfile, fitProfileEffects } from '../../src/learning/student-model/profile.ts';
import { createStudentModel } from '../../src/learning/student-model/student-model.ts';
import { starterOf } from '../../src/learning/trained-model.ts';
import type { TrainedModel } from '../../src/learning/trained-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { StudentProfile } from '../../src/shared/domain.ts';
import { realBackend } from '../support/backend.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const AFTER = [0, 1, 3, 5];

describe('what the roster says, on a simulator: 220 past students, 250 new ones', () => {
  const random = createRandom(6);
  const school = drawProfiledSchool(220, 250, random);
  const shuffled = shuffledProfiles(school, random);
  let model: TrainedModel;
  let without: ProfileFigures[] = [];
  let withFields: ProfileFigures[] = [];
  let withShuffled: ProfileFigures[] = [];

  beforeAll(async () => {
    const { backend } = await realBackend();
    const train = (profiles?: ReadonlyMap<string, StudentProfile>): Promise<TrainedModel> =>
      trainModel({
        table: toResponseTable(school.past),
        courseMap: school.map,
        learner: 'maml',
        seed: 1,
        backend,
        starter: starterOf(starter),
        steps: 4,
        profiles: profiles && school.past.map(({ student }) => profiles.get(student)),
      });
    without = judgeNewcomers(createStudentModel(await train()), school.newcomers, undefined, AFTER);
    model = await train(school.profiles);
    withFields = judgeNewcomers(createStudentModel(model), school.newcomers, school.profiles, AFTER);
    withShuffled = judgeNewcomers(createStudentModel(await train(shuffled)), school.newcomers, shuffled, AFTER);
  }, 240_000);

  it.each(AFTER.map((after, index) => [after, index] as const))('helps new students after %i answers', (after, index) => {
    const { low, high } = pairedDifference(withFields[index]!.byStudent, without[index]!.byStudent, createRandom(1));
    expect(high).toBeLessThan(0);
    expect(low).toBeLessThan(-0.005);
    expect(withFields[index]!.auc).toBeGreaterThan(without[index]!.auc + (after === 0 ? 0.02 : 0.005));
  });

  it.each(AFTER.map((after, index) => [after, index] as const))(
    'does neither good nor harm after %i answers where the fields are another student’s',
    (_, index) => {
      const { mean, low } = pairedDifference(withShuffled[index]!.byStudent, without[index]!.byStudent, createRandom(1));
      expect(low).toBeLessThan(0.001);
      expect(Math.abs(mean)).toBeLessThan(0.004);
      expect(Math.abs(withShuffled[index]!.auc - without[index]!.auc)).toBeLessThan(0.01);
    },
  );

  it('moves every member: nothing dilutes it', () => {
    const columns = model.profile.length;
    expect(columns).toBeGreaterThan(3);
    for (const member of model.members) {
      const profile = {
        background: { reading_age: 14, language: 'at home' },
        preference: {},
        behaviour: {},
      };
      const alone = createStudentModel({ ...model, members: [{ ...member, weight: 1 }] });
      const [low, high] = [7, 14].map(
        (reading) =>
          alone.adapt([], { profile: { ...profile, background: { ...profile.background, reading_age: reading } } }).level().value,
      );
      expect(high! - low!).toBeGreaterThan(0.15);
    }
  });

  it('is stored with the model', () => {
    const encoded = encodeModel(model, 1, (bytes) => String(bytes.length));
    const read = decodeModel(encoded, 'm', (bytes) => String(bytes.length));
    const profile = school.profiles.get(school.newcomers[0]!.student);
    const [before, after] = [model, read].map((each) => createStudentModel(each).adapt([], { profile }).level());
    expect(after!.value).toBeCloseTo(before!.value, 6);
    expect(after!.standardError).toBeCloseTo(before!.standardError, 6);
  });
});

describe('fields that say nothing', () => {
  it('are given next to no effect, though chance ties them to ability', () => {
    const random = createRandom(3);
    const encoded = Array.from({ length: 120 }, () => Float64Array.from({ length: 6 }, () => random.normal()));
    const ability = encoded.map(() => 0.8 * random.normal());
    expect(Math.hypot(...fitProfileEffects(encoded, ability))).toBeLessThan(0.05);
    const told = encoded.map((row, index) => ability[index]! + 0.6 * row[2]!);
    const effects = fitProfileEffects(encoded, told);
    expect(effects[2]).toBeGreaterThan(0.4);
  });

  it('are not read at all in a class of 19, or where hardly anybody has them', () => {
    const profiles = Array.from({ length: 40 }, (_, index) => ({
      background: index % 10 === 0 ? { rare: index, age: index } : { age: index },
      preference: {},
      behaviour: {},
    }));
    expect(chooseProfileColumns(profiles.slice(0, 19))).toEqual([]);
    const columns = chooseProfileColumns(profiles);
    expect(columns.map(({ field }) => field)).toEqual(['age']);
    expect([...encodeProfile(columns, undefined)]).toEqual([0]);
    expect([...encodeProfile(columns, { background: { age: 'unknown' }, preference: {}, behaviour: {} })]).toEqual([0]);
  });
});
