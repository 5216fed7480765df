import { describe, expect, it } from 'vitest';
import { createEpisode } from '../../src/learning/meta/episodes.ts';
import { createJudge } from '../../src/learning/meta/judge.ts';
import { ENOUGH_TO_HOLD_BACK, FEWEST_TO_JUDGE, judgingParts } from '../../src/learning/meta/judging-parts.ts';
import { bestCheck } from '../../src/learning/meta/train-members.ts';
import { createMember } from '../../src/learning/members.ts';
import { createRandom } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import { NO_RECALIBRATION } from '../../src/learning/student-model/recalibration.ts';
import { simulatedClass } from '../support/courses.ts';

const tableOf = (students: number, answers = 12) => simulatedClass(students, 5, answers).table;

describe('who judges a training', () => {
  it('is nobody where there are hardly any students', () => {
    expect(judgingParts(tableOf(FEWEST_TO_JUDGE - 1), 1)).toEqual([]);
  });

  it('is everybody in turn where there are few: five parts, no student in two, sizes alike', () => {
    const parts = judgingParts(tableOf(43), 1);
    expect(parts).toHaveLength(5);
    expect(parts.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 43 }, (_, student) => student));
    expect(parts.map(({ length }) => length).toSorted()).toEqual([8, 8, 9, 9, 9]);
    expect(judgingParts(tableOf(43), 2)).not.toEqual(parts);
  });

  it('leaves students out who have too few answers to be asked', () => {
    const { sequences } = simulatedClass(20, 5, 12);
    const short = sequences.map((sequence, index) =>
      index % 4 === 0 ? { ...sequence, responses: sequence.responses.slice(0, 3) } : sequence,
    );
    const asked = judgingParts(toResponseTable(short), 1).flat();
    expect(asked).toHaveLength(15);
    expect(asked.every((student) => student % 4 !== 0)).toBe(true);
  });

  it('is a share that is held back where there are many, whatever others are in the class', () => {
    const { sequences } = simulatedClass(ENOUGH_TO_HOLD_BACK + 60, 5, 8);
    const heldBack = (some: typeof sequences): string[] => {
      const table = toResponseTable(some);
      const parts = judgingParts(table, 1);
      expect(parts).toHaveLength(1);
      return parts[0]!.map((student) => table.students[student]!);
    };
    const fewer = sequences.slice(0, ENOUGH_TO_HOLD_BACK);
    expect(heldBack(fewer)).toEqual(heldBack(sequences).filter((id) => fewer.some(({ student }) => student === id)));
  });
});

describe('a judge with several parts', () => {
  const table = tableOf(24, 34);
  const parts = judgingParts(table, 1).map((students) => {
    const kept = (student: number): boolean => !students.includes(student);
    return { students, episode: createEpisode(table, kept, kept, 0) };
  });
  const closed = createMember({ weight: 1, kind: 'closed' });

  it('asks each student from the part that did not know them', () => {
    const together = createJudge(parts).logits(parts.map(() => [closed]));
    const alone = parts.map((part) => createJudge([part]).logits([[closed]]));
    expect(together.students).toBe(24);
    expect([...together.logits[0]!].toSorted()).toEqual(alone.flatMap(({ logits }) => [...logits[0]!]).toSorted());
    const everybody = (): boolean => true;
    const knowing = createJudge([
      { students: parts.flatMap(({ students }) => students), episode: createEpisode(table, everybody, everybody, 0) },
    ]);
    expect([...knowing.logits([[closed]]).logits[0]!]).not.toEqual([...together.logits[0]!]);
  });

  it('reports on all of them', () => {
    const judge = createJudge(parts);
    const forecasts = judge.forecasts(
      parts.map(() => [closed]),
      NO_RECALIBRATION,
      [],
    );
    const { report } = judge.metrics(forecasts, createRandom(1), []);
    expect(report.points.every(({ students }) => students === 24)).toBe(true);
  });
});

describe('the step that is kept', () => {
  const { members } = { members: { weight: 1, kind: 'closed' as const } };
  const checks = (...losses: (number | null)[]) => losses.map((loss, step) => ({ step, loss, member: members }));

  it('has the lowest mean loss over the parts', () => {
    expect(bestCheck([checks(0.7, 0.5, 0.65), checks(0.7, 0.66, 0.4)])).toBe(2);
    expect(bestCheck([checks(0.7, 0.5, 0.65), checks(0.7, 0.6, 0.5)])).toBe(1);
  });

  it('is the last one where nobody judges', () => {
    expect(bestCheck([checks(null, null, null)])).toBe(2);
  });
});
