import { randomUUID } from 'node:crypto';
import { questionsToAsk } from '../main/services/asking/asking.ts';
import { createModels } from '../main/services/models.ts';
import { createProfiles } from '../main/services/profiles.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import type { AskedEnough, Told } from '../learning/planning/ask.ts';
import { withGradebook } from './gradebook-commands.ts';
import { resolveTyped, resources } from './paths.ts';
import { skillNames } from '../shared/skill-names.ts';

export interface AskCommandOptions {
  readonly data: string;
  readonly student: string;
  readonly count: number;
  readonly json?: boolean;
}

const ENOUGH: Readonly<Record<AskedEnough, string>> = {
  sure: 'Nothing to ask: the forecast of every skill is sure to five points.',
  'plan-stands':
    'Nothing to ask: none of the questions that tell most would change the first steps of the plan, whatever the answer.',
  'no-questions': 'Nothing to ask: the gradebook holds no question with answers. Import answers with a question for each.',
};
const points = (share: number): string => (100 * share).toFixed(1);

/** @throws PathlightError `no-such-student` */
export async function askCommand({ data, student, count, json }: AskCommandOptions): Promise<void> {
  await withGradebook(data, (gradebook) => {
    const clock = (): number => Date.now();
    const folder = resolveTyped(data);
    const models = createModels({ folder, resources, gradebook, clock, newId: randomUUID, spawnTrainer: forkTrainer });
    const profiles = createProfiles({ gradebook, models, clock });
    const found = questionsToAsk({ read: gradebook.read, profiles }, student, count);
    if (json) {
      console.log(JSON.stringify(found, undefined, 1));
      return Promise.resolve();
    }
    if (found.enough) console.log(ENOUGH[found.enough]);
    else {
      const named = skillNames(gradebook.read.courseMap().skills);
      const told = ({ skill, before, after }: Told): string => `${named(skill)} ± ${points(before)} → ± ${points(after)} points`;
      found.questions.forEach(({ question, skills, tells }, index) => {
        console.log(`${index + 1}. ${question}${skills.length > 0 ? ` (${skills.map(named).join(', ')})` : ''}`);
        if (tells.length > 0) console.log(`   expected to tell: ${tells.map(told).join('; ')}`);
      });
      console.log(
        `Standard error of the skills’ forecasts: ± ${points(found.error.before)} points now, ± ${points(found.error.after)} expected after these.`,
      );
    }
    return Promise.resolve();
  });
}
