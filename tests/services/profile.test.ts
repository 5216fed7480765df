import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel, writeModel } from '../../src/main/services/model-store.ts';
import { RESOURCES, startApplication } from '../support/application.ts';
import { temporaryFolder } from '../support/folders.ts';

/** A model that has learned that the reading age goes with ability, and nothing of anything else. */
function resourcesWithProfile(): string {
  const folder = temporaryFolder();
  const starter = readModel(path.join(RESOURCES, 'starter'));
  const profile = [{ area: 'background', field: 'reading_age', kind: 'number', mean: 10, deviation: 2 }] as const;
  writeModel(
    path.join(folder, 'starter'),
    { ...starter, profile, members: [{ kind: 'closed', weight: 1, profileEffects: [1] }] },
    0,
  );
  return folder;
}

const ROSTER = `student,given_name,family_name,class,gender,email,religion,background.reading_age
low,Ana,Berg,6A,f,a@b.c,x,8
high,Leo,Costa,6A,m,d@e.f,y,12
none,Mia,Dahl,6A,f,g@h.i,x,
`;
const ANSWERS = `student,order,item,skill,correct
${['past-1', 'past-2'].flatMap((student) => [0, 1, 2, 3].map((order) => `${student},${order},q${order},s1,${order % 2}`)).join('\n')}
`;

describe('the roster’s profile', () => {
  it('moves where a student without answers starts, through import, gradebook and model', async () => {
    const test = startApplication({ resources: resourcesWithProfile() });
    await test.importTexts({ 'roster.csv': ROSTER, 'answers.csv': ANSWERS });
    const level = async (studentId: string): Promise<number> => (await test.get('students.open', { studentId })).level.value;
    const [low, none, high] = [await level('low'), await level('none'), await level('high')];
    expect(low).toBeLessThan(none - 0.1);
    expect(high).toBeGreaterThan(none + 0.1);
  });

  it('is what stands under background, preference and behaviour alone: other columns never reach the model', async () => {
    const test = startApplication({ resources: resourcesWithProfile() });
    await test.importTexts({ 'roster.csv': ROSTER, 'answers.csv': ANSWERS });
    const { profile } = await test.get('students.open', { studentId: 'low' });
    expect(profile).toEqual([{ group: 'background', field: 'reading_age', value: 8 }]);
  });

  it('is named in the diagnostics: who looks at the model sees what it reads of a student', async () => {
    const test = startApplication({ resources: resourcesWithProfile() });
    const { provenance } = await test.get('model.diagnostics', {});
    expect(provenance.profileFields).toEqual(['background.reading_age']);
  });
});
