import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RESOURCES, startApplication } from './application.ts';
import type { TestApplication } from './application.ts';

/** The app with three of the sample class's students (b001 to b003), so that their plans are quick to make. */
export async function startSample(clock: () => number): Promise<TestApplication> {
  const test = startApplication({ clock });
  const read = (name: string): string => readFileSync(path.join(RESOURCES, 'sample', name), 'utf8');
  const some = (text: string): string =>
    text
      .split('\n')
      .filter((row, index) => index === 0 || /^b00[1-3],/.test(row))
      .join('\n');
  await test.importTexts({
    'skills.csv': read('skills.csv'),
    'prerequisites.csv': read('prerequisites.csv'),
    'roster.csv': some(read('roster.csv')),
    'answers.csv': some(read('answers.csv')),
  });
  return test;
}
