import type { PracticeStep } from '../dynamics/belief.ts';
import type { Random } from '../random.ts';
import { drawKssCase, drawKssStudent, drawKssWorld, KSS_MAP, warmUp } from './kss.ts';
import type { KssAnswer, KssStudent } from './kss.ts';
import type { SimulatedLearner, Simulator } from './simulator.ts';

const LOGGED_STUDENTS = 1000;
const LOGGED_STEPS = 50;

const asStep = ({ skill, right }: KssAnswer): PracticeStep => ({ skill, correct: right ? 1 : 0 });

function learner(start: KssStudent, goals: readonly number[], history: readonly PracticeStep[]): SimulatedLearner {
  const student = start.copy();
  return {
    history,
    goals,
    full: goals.length,
    step: (skill) => (student.step(skill).right ? 1 : 0),
    exam: () => student.exam(goals),
    again: () => learner(start, goals, history),
  };
}

/** The Knowledge Structure Simulator. @param logged other students whose logs may train a planner; 1,000 by the rules */
export const kssSimulator = (logged = LOGGED_STUDENTS): Simulator => ({
  name: 'kss',
  drawWorld(random: Random) {
    const world = drawKssWorld(random);
    return {
      map: KSS_MAP,
      logs: Array.from({ length: logged }, () => warmUp(drawKssStudent(world, random), LOGGED_STEPS, random).map(asStep)),
      drawLearner(chance: Random) {
        const { student, target, log } = drawKssCase(world, chance);
        return learner(student, target, log.map(asStep));
      },
    };
  },
});
