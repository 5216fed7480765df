import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE_TOPICS, templatesOf, TOPIC_NAMES } from '../../../src/learning/exercises/catalogue.ts';
import { fadedSteps, piecesOf, wholeSteps } from '../../../src/learning/exercises/notation.ts';
import { practiceSheet } from '../../../src/learning/exercises/sheet.ts';
import type { Exercise, Level, Template } from '../../../src/learning/exercises/template.ts';
import { createRandom } from '../../../src/learning/random.ts';
import { SAMPLE_COURSE } from '../../../src/learning/simulation/sample-class.ts';
import { STRATEGIES } from '../../../src/shared/strategy.ts';
import { holds } from '../../support/arithmetic.ts';
import { CHECKS } from './answers.ts';

const SEEDS = 200;
const LEVELS: readonly Level[] = [1, 2, 3];
const TEMPLATES = new Map<string, Template>(
  TOPIC_NAMES.flatMap((topic) => templatesOf(topic).map((template) => [template.id, template] as const)),
);

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/(?<![\d)x] )(?<=^|[^\d])−(?=\d)\d+(?:\.\d+)?|\d+(?:\.\d+)?/g)].map(([found]) =>
    Number(found.replace('−', '-')),
  );
const counted = (text: string): string => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(String).sort().join(' ');
/** The rounded-to unit has its name in Chinese, not a number. */
const UNIT_IN_WORDS = new Set(['round', 'estimate-sum', 'estimate-product']);

/** "1 apples"; verbs may follow a 1. */
const ONE_OF_MANY = /(?<![\d.:/−^])\b1 (?!is\b|as\b|times\b|stands\b|divides\b|goes\b)[a-z]*[a-z]s\b/;

/** Equations and comparisons inside a step, without letters and without an open left side. */
function claims(step: string): string[] {
  const found = step.match(/[\d\s+−×÷=<>().^/√∛|%\u00a0x]*[=<>][\d\s+−×÷=<>().^/√∛|%\u00a0x]*/g) ?? [];
  return found.flatMap((each) => {
    const sides = each
      .split('=')
      .map((side) =>
        side
          .replace(/[.(\s]+$/, '')
          .replace(/^[.)\s]+/, '')
          .trim(),
      )
      .filter((side) => side !== '' && !side.includes('x') && /\d/.test(side));
    return sides.length > 1 || /[<>]/.test(sides[0] ?? '') ? [sides.join(' = ')] : [];
  });
}

function* drawn(template: Template): Generator<{ exercise: Exercise; at: string }> {
  for (const level of LEVELS)
    for (let seed = 1; seed <= SEEDS; seed++)
      yield {
        exercise: template.draw(createRandom(seed * 7919 + level), level),
        at: `${template.id}, level ${level}, seed ${seed}`,
      };
}

/** What is wrong with each of many draws, with the draw: none. */
function faults(template: Template, of: (exercise: Exercise) => Iterable<string | false>): string[] {
  const found: string[] = [];
  for (const { exercise, at } of drawn(template))
    for (const fault of of(exercise))
      if (fault !== false) found.push(`${at}: ${exercise.prompt.en} → ${exercise.answer.en}: ${fault}`);
  return found.slice(0, 3);
}

describe.each([...TEMPLATES])('the template %s', (id, template) => {
  it('has right answers by the question as it is printed', () => {
    const check = CHECKS[id];
    expect(check, `no check for ${id}`).toBeDefined();
    expect(
      faults(template, ({ prompt, answer, figure }) => [
        !check!({ prompt: prompt.en, answer: answer.en, numbers: numbersIn(prompt.en), figure }) && 'wrong',
      ]),
    ).toEqual([]);
  });

  it('says the same in both languages, with nothing missing', () => {
    expect(
      faults(template, function* ({ prompt, answer, steps }) {
        for (const { en, zh } of [prompt, answer, ...steps]) {
          for (const text of [en, zh]) {
            yield /undefined|NaN|null|Infinity|object|-\d|\d-|  |^\s|\s$/.test(text) && `broken: ${text}`;
            yield text.split('{').length !== text.split('}').length && `braces: ${text}`;
          }
          yield /[\u2e80-\uffff]/.test(en) && `Chinese in ${en}`;
          yield ONE_OF_MANY.test(en) && `plural: ${en}`;
          yield /[A-Za-z]{3,}/.test(zh) && `English in ${zh}`;
        }
        yield counted(prompt.zh) !== counted(prompt.en) && !UNIT_IN_WORDS.has(id) && `other numbers: ${prompt.zh}`;
        yield counted(answer.zh) !== counted(answer.en) && `other answer: ${answer.zh}`;
      }),
    ).toEqual([]);
  });

  it('leads to its answer by steps that hold, and leaves something open where it fades', () => {
    expect(
      faults(template, function* ({ prompt, answer, steps }) {
        yield steps.length < 2 && 'one step';
        for (const { en, zh } of wholeSteps(steps))
          for (const text of [en, zh])
            for (const claim of claims(text)) yield !holds(claim) && `does not hold: ${claim} in ${text}`;
        const faded = fadedSteps(steps);
        yield !faded.some(({ en }) => en.includes('__')) && 'nothing is left open';
        yield faded.some(({ en, zh }) => en.split('__').length !== zh.split('__').length) && 'other gaps in Chinese';
        const way = `${prompt.en} ${wholeSteps(steps)
          .map(({ en }) => en)
          .join(' ')}`;
        for (const number of answer.en.match(/\d+(?:\.\d+)?/g) ?? [])
          yield !way.includes(number) && `${number} comes from nowhere`;
      }),
    ).toEqual([]);
  });

  it('has enough variants that a class does not share them', () => {
    for (const level of LEVELS) {
      const keys = new Set<string>();
      for (let seed = 1; seed <= SEEDS; seed++) {
        const { prompt, figure } = template.draw(createRandom(seed), level);
        keys.add(JSON.stringify([prompt.en, figure]));
      }
      expect(keys.size, `${id}, level ${level}`).toBeGreaterThanOrEqual(id === 'angle-equation' || id === 'cube-root' ? 3 : 6);
    }
  });
});

describe('the catalogue', () => {
  it('has two templates or more for every skill of the sample course but one', () => {
    const map = JSON.parse(readFileSync(path.join('resources', 'starter-map', 'mathematics.json'), 'utf8')) as {
      skills: { id: string; en: string; also?: string[] }[];
    };
    for (const { name } of SAMPLE_COURSE.skills) {
      const topic = SAMPLE_TOPICS[name] ?? map.skills.find(({ en, also }) => en === name || also?.includes(name))?.id;
      expect(templatesOf(topic ?? '').length, name).toBeGreaterThanOrEqual(name === 'Fractions as decimals' ? 1 : 2);
    }
  });

  it('has templates for every skill of the starter map', () => {
    const map = JSON.parse(readFileSync(path.join('resources', 'starter-map', 'mathematics.json'), 'utf8')) as {
      skills: { id: string }[];
    };
    expect(
      map.skills
        .filter(({ id }) => templatesOf(id).length === 0)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([]);
  });
});

describe('a sheet of practice', () => {
  const own = { skill: 'add', templates: templatesOf('add-unlike') };
  const other = { skill: 'equal', templates: templatesOf('equivalent-fractions') };
  const keys = (exercises: readonly Exercise[]): string[] =>
    exercises.map(({ prompt, figure }) => JSON.stringify([prompt.en, figure]));

  it('is the same for the same student, skill and day, and another for another', () => {
    const make = (student: string, day: number) => practiceSheet({ student, own, mixed: [], strategy: 'practice', day });
    expect(make('mia', 20_000)).toEqual(make('mia', 20_000));
    expect(make('mia', 20_000)).not.toEqual(make('tom', 20_000));
    expect(make('mia', 20_000)).not.toEqual(make('mia', 20_001));
  });

  it.each(STRATEGIES)('shows what %s asks for', (strategy) => {
    const sheet = practiceSheet({ student: 'mia', own, mixed: [own, other], strategy, day: 20_000 })!;
    expect(sheet.questions).toHaveLength(6);
    expect(sheet.example?.faded).toBe(strategy === 'worked-example' ? false : strategy === 'faded' ? true : undefined);
    expect(sheet.questions.map(({ skill }) => skill)).toEqual(
      strategy === 'mixed-practice' ? ['add', 'equal', 'add', 'equal', 'add', 'equal'] : Array<string>(6).fill('add'),
    );
  });

  it('is whole, and asks nothing twice, for every topic, strategy and many students', () => {
    for (const topic of TOPIC_NAMES)
      for (const strategy of STRATEGIES)
        for (let student = 0; student < 20; student++) {
          const at = `${topic}, ${strategy}, student ${student}`;
          const sheet = practiceSheet({
            student: `s${student}`,
            own: { skill: topic, templates: templatesOf(topic) },
            mixed: [other],
            strategy,
            day: 20_000,
          })!;
          expect(sheet.questions, at).toHaveLength(6);
          const all = keys([
            ...(sheet.example ? [sheet.example.exercise] : []),
            ...sheet.questions.map(({ exercise }) => exercise),
          ]);
          expect(new Set(all).size, at).toBe(all.length);
        }
  });

  it('is nothing for a skill without templates', () => {
    expect(
      practiceSheet({ student: 'mia', own: { skill: 'x', templates: [] }, mixed: [other], strategy: 'practice', day: 1 }),
    ).toBeUndefined();
  });
});

describe('the notation', () => {
  it('knows fractions, mixed numbers, powers and gaps from words', () => {
    expect(piecesOf({ en: 'Is 2\u00a03/4 = __/4 or (2^3)^2?', zh: '' }, 'en')).toEqual([
      { kind: 'text', text: 'Is ' },
      { kind: 'fraction', whole: '2', above: '3', below: '4' },
      { kind: 'text', text: ' = ' },
      { kind: 'fraction', whole: '', above: '__', below: '4' },
      { kind: 'text', text: ' or (' },
      { kind: 'power', base: '2', exponent: '3' },
      { kind: 'power', base: ')', exponent: '2' },
      { kind: 'text', text: '?' },
    ]);
  });
});
