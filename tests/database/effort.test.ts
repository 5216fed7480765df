import { expect, it } from 'vitest';
import { effortNorms } from '../../src/learning/planning/effort.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';

const FILE = [
  'student,order,item,skill,correct,hint,attempt,response_time_ms',
  'a,0,q1,s,1,0,1,1000',
  'a,1,q2,s,0,2,1,9000',
  'b,0,q1,s,1,,2,4000',
  'b,1,q3,s,1,,,',
  'c,0,q1,s,0,1,1,8000',
  'c,1,q2,s,1,0,1,',
].join('\n');

it('what answers took is summed by question as it is over the answers one by one', async () => {
  const { gradebook, importing } = openTestGradebook();
  await importing.commit(staged({ 'answers.csv': FILE }), {});
  const found = gradebook.read.effort();
  const one = effortNorms(gradebook.read.sequences());
  expect(found.get('q1')).toMatchObject({ seen: 3, helped: 2, timed: 2 });
  expect(found.get('q3')).toBeUndefined();
  for (const question of ['q1', 'q2', 'q3']) {
    const [read, summed] = [found.get(question), one(question)];
    expect(read === undefined).toBe(summed === undefined);
    if (!read || !summed) continue;
    expect({ ...read, logTime: 0, squares: 0 }).toEqual({ ...summed, logTime: 0, squares: 0 });
    expect(read.logTime).toBeCloseTo(summed.logTime, 9);
    expect(read.squares).toBeCloseTo(summed.squares, 9);
  }
});
