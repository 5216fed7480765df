import { expect, it } from 'vitest';
import { tellsWords } from '../../src/renderer/features/student/asking-words.ts';
import { skillNames } from '../../src/shared/skill-names.ts';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';

it('says of which skills a question tells, and by how many points their error is expected to shrink', () => {
  const names = skillNames([{ id: 'dec', name: 'decimals' }]);
  const tells = [{ skill: 'dec', before: 0.182, after: 0.1349 }];
  const words = (language: 'en' | 'zh', told: typeof tells) =>
    tellsWords({ tells: told }, names, createI18n(language).t, createFormat(language));
  expect(words('en', tells)).toBe('Expected to tell of decimals (± 18.2 → ± 13.5 points)');
  expect(words('zh', tells)).toBe('预计能说明：decimals（± 18.2 → ± 13.5 个百分点）');
  expect(words('en', [])).toBe('Tells a little of every skill');
});
