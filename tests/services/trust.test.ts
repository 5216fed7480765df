import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../src/learning/random.ts';
import { drawCourse, simulateStudents, SMALL_COURSE_TRAITS } from '../../src/learning/simulation/simulated-course.ts';
import { createModels } from '../../src/main/services/models.ts';
import { createGainFactorRenewal } from '../../src/main/services/trust/gain-factor-renewal.ts';
import { countPractised } from '../../src/main/services/trust/outcomes.ts';
import { createModelHistory } from '../../src/main/services/trust/history.ts';
import { RESOURCES, startApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { openTestGradebook } from '../support/gradebook.ts';
import { otherModel } from '../support/other-model.ts';
import { exportOf } from '../support/plans.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 8, 1, 8);
const STUDENTS = Array.from({ length: 14 }, (_, index) => `s${String(index).padStart(2, '0')}`);

/** A class whose answers come in over some days: each day's file. */
function school(days: number, perDay = 6, first = 12) {
  const random = createRandom(5);
  const course = drawCourse(SMALL_COURSE_TRAITS, random);
  const sequences = simulateStudents(course, STUDENTS, () => first + days * perDay, random);
  const rows = (from: number, to: number, wrong = false): string =>
    [
      'student,order,item,skill,correct',
      ...sequences.flatMap(({ student, responses }) =>
        responses
          .slice(from, to)
          .map(
            (each, at) => `${student},${from + at},${each.question},${each.skills[0]},${wrong ? 1 - each.correct : each.correct}`,
          ),
      ),
    ].join('\n');
  const names = ['student,given_name,class', ...STUDENTS.map((id) => `${id},${id},7A`)].join('\n');
  return {
    begin: { 'roster.csv': names, 'first.csv': rows(0, first) },
    day: (index: number, wrong = false) => ({
      [`day-${index}.csv`]: rows(first + index * perDay, first + (index + 1) * perDay, wrong),
    }),
  };
}

/** Time passes only when told. */
function app(folder?: string) {
  let now = START;
  const test = startApplication({ clock: () => now, ...(folder === undefined ? {} : { folder }) });
  return { test, at: (day: number) => (now = START + day * DAY) };
}

function recorded(test: TestApplication): string[] {
  const database = new Sqlite(path.join(test.folder, 'gradebook.sqlite'), { readonly: true });
  try {
    return database.prepare('SELECT import_number || student_id || content FROM forecasts ORDER BY 1').pluck().all() as string[];
  } finally {
    database.close();
  }
}

/** Adds a model beside the application, as the command line does. */
function addModel(folder: string, shift: number): string {
  const { gradebook } = openTestGradebook(path.join(folder, 'gradebook.sqlite'));
  const common = { folder, resources: RESOURCES, gradebook, clock: () => START, newId: () => `model-${shift}` };
  const models = createModels({
    ...common,
    spawnTrainer: () => {
      throw new Error('Nothing is trained here.');
    },
  });
  const history = createModelHistory({ ...common, models, beforeRemoval: () => Promise.resolve() });
  return history.add(otherModel(shift));
}

describe('forecasts of answers before they came in', () => {
  it('rest on earlier answers alone: what came of them, and what came later, changes nothing', async () => {
    const { begin, day } = school(2);
    const forecasts: string[][] = [];
    for (const wrong of [false, true]) {
      const { test, at } = app();
      await test.importTexts(begin);
      at(1);
      await test.importTexts(day(0, wrong));
      if (!wrong) await test.get('feedback.get', {});
      at(2);
      await test.importTexts(day(1));
      await test.get('feedback.get', {});
      forecasts.push(recorded(test).filter((row) => row.startsWith('3')));
      expect(recorded(test)).toHaveLength(2 * STUDENTS.length);
    }
    expect(forecasts[0]).toHaveLength(STUDENTS.length);
    expect(forecasts[0]).toEqual(forecasts[1]);
  });

  it('are held against what came, in bands, by skill, by group and over time; an undone import counts no more', async () => {
    const { begin, day } = school(3);
    const { test, at } = app();
    await test.importTexts(begin);
    expect(await test.get('feedback.get', {})).toMatchObject({ forecasts: null, drift: null, plans: { handedOut: 0 } });
    for (const index of [0, 1, 2]) {
      at(index + 1);
      await test.importTexts(day(index));
    }
    const { forecasts, drift } = await test.get('feedback.get', {});
    expect(drift).toBeNull();
    expect(forecasts!.whole).toMatchObject({ answers: 3 * 6 * STUDENTS.length, students: STUDENTS.length });
    expect(forecasts!.occasions.map(({ at: when }) => when)).toEqual([1, 2, 3].map((each) => START + each * DAY));
    expect(forecasts!.bands.reduce((sum, { answers }) => sum + answers, 0)).toBe(forecasts!.whole.answers);
    expect(forecasts!.groups.map(({ kind, name }) => name ?? kind)).toEqual([
      '7A',
      'known-some',
      'known-many',
      'level-low',
      'level-middle',
      'level-high',
    ]);
    expect(forecasts!.skills.length).toBeGreaterThan(1);
    const { low, value, high } = forecasts!.whole.difference;
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    const { imports } = await test.get('imports.list', {});
    const last = imports.find(({ file }) => file === 'day-2.csv')!;
    await test.finish((await test.get('imports.undo', { importId: last.id })).jobId);
    expect((await test.get('feedback.get', {})).forecasts!.whole.answers).toBe(2 * 6 * STUDENTS.length);
  });

  it('say when they are off: how far, since when, for which class', async () => {
    const { begin, day } = school(4);
    const { test, at } = app();
    await test.importTexts(begin);
    addModel(test.folder, 2.5);
    for (const index of [0, 1, 2, 3]) {
      at(index + 1);
      await test.importTexts(day(index));
    }
    const { drift, watched } = await test.get('feedback.get', {});
    expect(watched).toEqual({ answers: 4 * 6 * STUDENTS.length, occasions: 4 });
    expect(drift).toMatchObject({ kind: 'too-high', students: STUDENTS.length, since: START + DAY });
    expect(drift!.difference.high).toBeLessThan(0);
    expect(drift!.classes).toMatchObject([{ name: '7A' }]);
    // Another model in use: what the one before forecast says nothing of it.
    await test.get('models.use', { modelId: null });
    expect(await test.get('feedback.get', {})).toMatchObject({ drift: null, watched: { answers: 0 } });
  });
});

describe('what came of plans', () => {
  it('is set against what they said: steps worked on, forecast, rise, level; printed twice is one plan', async () => {
    const { begin, day } = school(3);
    const { test, at } = app();
    await test.importTexts(begin);
    const { plans } = await test.get('plans.list', { studentIds: STUDENTS });
    expect((await test.get('feedback.get', {})).plans.handedOut).toBe(0);
    await test.get('plans.export', exportOf(plans));
    expect((await test.get('feedback.get', {})).plans.handedOut).toBe(STUDENTS.length);
    await test.get('plans.export', { ...exportOf(plans), audience: 'student' });
    at(1);
    await test.importTexts(day(0));
    const { plans: after } = await test.get('feedback.get', {});
    expect(after).toMatchObject({ handedOut: STUDENTS.length, steps: plans.reduce((sum, { steps }) => sum + steps.length, 0) });
    expect(after.stepsWorked).toBeGreaterThan(0);
    const one = after.newest[0]!;
    const said = plans.find(({ student }) => student === one.studentId)!;
    expect(one.steps.map(({ skill, forecast }) => [skill, forecast])).toEqual(
      said.steps.map(({ skill, forecast }) => [skill, forecast]),
    );
    const worked = one.steps.filter(({ answers }) => answers > 0);
    expect(one.expectedGain!.value).toBeCloseTo(
      worked.reduce((sum, { expectedGain }) => sum + expectedGain.value, 0),
      6,
    );
    for (const { rise, right, answers } of worked) {
      expect(right).toBeLessThanOrEqual(answers);
      expect(Math.abs(rise!)).toBeLessThan(1);
    }
    expect(one.level!.before.value).not.toBe(one.level!.after.value);
    expect(after.factor).toMatchObject({ stands: false });
    // Answers after the next plan belong to that one.
    const answersBefore = after.answers;
    await test.get('plans.export', exportOf((await test.get('plans.list', { studentIds: STUDENTS })).plans));
    at(2);
    await test.importTexts(day(1));
    const { plans: later } = await test.get('feedback.get', {});
    expect(later.handedOut).toBe(2 * STUDENTS.length);
    expect(later.newest.filter(({ at: when }) => when === START).flatMap(({ steps }) => steps)).toHaveLength(
      after.newest.flatMap(({ steps }) => steps).length,
    );
    expect(later.answers).toBeGreaterThan(answersBefore);
  });

  it('teaches the next plan where a factor stands', async () => {
    const { begin } = school(1);
    const { test } = app();
    await test.importTexts(begin);
    const before = await test.get('plans.get', { studentId: 's00' });
    openTestGradebook(path.join(test.folder, 'gradebook.sqlite')).gradebook.setGainFactor({ value: 0.5, standardError: 0.1 });
    const after = await test.get('plans.get', { studentId: 's00' });
    expect(after.gainFactor).toEqual({ value: 0.5, standardError: 0.1 });
    expect(after.steps.map(({ skill }) => skill)).toEqual(before.steps.map(({ skill }) => skill));
    after.steps.forEach(({ expectedGain }, index) =>
      expect(expectedGain.value).toBeCloseTo(before.steps[index]!.expectedGain.value / 2, 9),
    );
  });
});

describe('the gain factor', () => {
  it('is renewed when answers come in, without anybody looking at the figures', async () => {
    const { begin, day } = school(1);
    const { test, at } = app();
    await test.importTexts(begin);
    await test.get('plans.export', exportOf((await test.get('plans.list', { studentIds: STUDENTS })).plans));
    // One that stood once, and for which too little speaks now.
    openTestGradebook(path.join(test.folder, 'gradebook.sqlite')).gradebook.setGainFactor({ value: 0.5, standardError: 0.1 });
    expect((await test.get('plans.get', { studentId: 's00' })).gainFactor).toBeDefined();
    at(1);
    await test.importTexts(day(0));
    await vi.waitFor(async () => expect((await test.get('plans.get', { studentId: 's00' })).gainFactor).toBeUndefined(), 20_000);
  });

  it('costs no model before enough answers have come in, and none where none have come in since', async () => {
    const { begin, day } = school(5);
    const { test, at } = app();
    await test.importTexts(begin);
    await test.get('plans.export', exportOf((await test.get('plans.list', { studentIds: STUDENTS })).plans));
    const { gradebook } = openTestGradebook(path.join(test.folder, 'gradebook.sqlite'));
    let fitted = 0;
    const renewal = createGainFactorRenewal({
      gradebook,
      clock: () => START,
      onChanged: () => undefined,
      models: {
        stored: () => {
          fitted++;
          return undefined;
        },
      },
    });
    const renewed = async (): Promise<number> => {
      renewal.soon();
      await renewal.settled();
      return fitted;
    };
    at(1);
    await test.importTexts(day(0));
    expect(await renewed()).toBe(0);
    at(2);
    await test.importTexts({ ...day(1), ...day(2), ...day(3), ...day(4) });
    expect(countPractised(gradebook.read).answers).toBeGreaterThan(200);
    expect(await renewed()).toBe(1);
    expect(await renewed()).toBe(1);
    await renewal.close();
    renewal.soon();
    await renewal.settled();
    expect(fitted).toBe(1);
  });
});

describe('the models that a gradebook has had', () => {
  it('can be switched between, which every student’s forecasts follow; the one in use is never deleted', async () => {
    const { begin, day } = school(2);
    const { test, at } = app();
    await test.importTexts(begin);
    const view = async () => {
      const { level, model } = await test.get('students.open', { studentId: 's00' });
      return { level: level.value, id: model.id };
    };
    const byStarter = await view();
    const low = addModel(test.folder, -1);
    const byLow = await view();
    expect(byLow.id).toBe(low);
    expect(byLow.level).toBeLessThan(byStarter.level - 0.05);
    at(1);
    await test.importTexts(day(0));
    const high = addModel(test.folder, 1);
    expect((await view()).level).toBeGreaterThan(byLow.level + 0.1);
    const switched = await test.get('models.use', { modelId: low });
    expect(switched.models.map(({ id, inUse }) => [id, inUse])).toEqual([
      [high, false],
      [low, true],
      [null, false],
    ]);
    expect(switched.uses.map(({ modelId, reason }) => [modelId, reason])).toEqual([
      [low, 'switched'],
      [high, 'added'],
      [low, 'added'],
    ]);
    expect((await view()).id).toBe(low);
    expect((await test.get('models.diagnostics', { modelId: high })).model.id).toBe(high);
    expect((await test.get('model.diagnostics', {})).model.id).toBe(low);
    await expect(test.get('models.remove', { modelId: low })).rejects.toMatchObject({ code: 'model-in-use' });
    const left = await test.get('models.remove', { modelId: high });
    expect(left.models.map(({ id }) => id)).toEqual([low, null]);
    expect(left.bytes).toBeGreaterThan(1000);
    expect(readdirSync(path.join(test.folder, 'models'))).toEqual([low]);
    for (const modelId of [high, 'nobody']) {
      await expect(test.get('models.use', { modelId })).rejects.toMatchObject({ code: 'no-such-model' });
      await expect(test.get('models.remove', { modelId })).rejects.toMatchObject({ code: 'no-such-model' });
    }
    // What was forecast before it was deleted is kept, by the model that spoke then.
    expect((await test.get('feedback.get', {})).forecasts!.occasions).toMatchObject([{ modelId: low }]);
    await test.get('models.use', { modelId: null });
    expect((await view()).level).not.toBe(byLow.level);
    expect((await view()).id).toBeNull();
    await test.get('models.remove', { modelId: low });
    expect(existsSync(path.join(test.folder, 'models', low))).toBe(false);
  });

  it('are compared on answers that came after both', async () => {
    const { begin, day } = school(2);
    const { test, at } = app();
    await test.importTexts(begin);
    const off = addModel(test.folder, 3);
    expect((await test.get('models.compare', { first: off, second: null })).result).toBeNull();
    at(1);
    await test.importTexts(day(0));
    const { result } = await test.get('models.compare', { first: off, second: null });
    expect(result).toMatchObject({ answers: 6 * STUDENTS.length, students: STUDENTS.length });
    expect(result!.difference.low).toBeGreaterThan(0);
    const turned = (await test.get('models.compare', { first: null, second: off })).result;
    expect(turned!.difference.value).toBeCloseTo(-result!.difference.value, 12);
    const same = (await test.get('models.compare', { first: off, second: off })).result;
    expect(same!.difference).toEqual({ value: 0, low: 0, high: 0 });
    await expect(test.get('models.compare', { first: 'nobody', second: null })).rejects.toMatchObject({ code: 'no-such-model' });
  });
});

it('a model card is a page that prints on the paper that was chosen, and runs nothing', async () => {
  const { test } = app();
  await test.get('school.set', { name: 'Hill <School>' });
  const card = {
    language: 'en-GB',
    title: 'Model card',
    subtitle: 'What it is',
    sections: [
      { title: 'Accuracy', paragraphs: ['<script>'], points: ['one'], table: { head: ['After', 'AUC'], rows: [['5', '0.7']] } },
    ],
    stamp: 'v1',
    paper: 'letter' as const,
  };
  const { html } = await test.get('models.card', card);
  expect(html).toContain('Hill &lt;School&gt;');
  expect(html).not.toContain('<script');
  expect(html).toContain('size: letter');
  expect(html).toContain('<th scope="row">5</th><td>0.7</td>');
  const file = await test.get('models.saveCard', { ...card, format: 'html', name: 'Model card' });
  expect(new TextDecoder().decode(test.application.takeFile(file.fileId).bytes)).toBe(html);
  await expect(test.get('models.saveCard', { ...card, format: 'pdf', name: 'x' })).rejects.toMatchObject({ code: 'no-pdf' });
});
