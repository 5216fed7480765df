import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { EDITION, templatesOf, TOPIC_NAMES } from '../../../src/learning/exercises/catalogue.ts';
import { practiceSheet } from '../../../src/learning/exercises/sheet.ts';
import { STRATEGIES } from '../../../src/shared/strategy.ts';

/** What each edition draws: sheets that were printed with it are made again from nothing but student, skill and day. */
const DRAWN: Readonly<Record<number, string>> = { 1: 'afa4190f4392ad36', 2: 'a676ac3473397ee5' };

it('what is drawn is what the edition says: where this fails, raise EDITION and add its line', () => {
  const hash = createHash('sha256');
  for (const topic of TOPIC_NAMES)
    for (const strategy of STRATEGIES)
      for (const day of [20_000, 20_001]) {
        const own = { skill: topic, templates: templatesOf(topic) };
        const mixed = ['addition', 'percent'].map((skill) => ({ skill, templates: templatesOf(skill) }));
        hash.update(JSON.stringify(practiceSheet({ student: 's', own, mixed, strategy, day })));
      }
  expect(hash.digest('hex').slice(0, 16)).toBe(DRAWN[EDITION]);
});
