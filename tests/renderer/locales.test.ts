import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';
import { failureWords, wordsForCode } from '../../src/renderer/i18n/words.ts';
import { en } from '../../src/renderer/locales/en.ts';
import { zh } from '../../src/renderer/locales/zh.ts';

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const english = flatten(en);
const chinese = flatten(zh as Tree);
const slots = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).toSorted();

describe('locales', () => {
  it('has the same keys in Chinese as in English, without singular forms', () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].filter((key) => !key.endsWith('_one')).toSorted());
  });

  it('fills the same values into every sentence', () => {
    for (const [key, text] of chinese) expect(slots(text), key).toEqual(slots(english.get(key) ?? ''));
  });

  it('has a singular for every English plural', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_other')) expect(english.has(key.replace(/_other$/, '_one')), key).toBe(true);
    }
  });

  it('leaves no sentence empty and none but names in English in the Chinese words', () => {
    const same = [...chinese].filter(
      ([key, text]) => text.trim() === '' || (text === english.get(key) && /[a-z]{4}/.test(text.replaceAll(/\{\{.*?\}\}/g, ''))),
    );
    expect(same.map(([key]) => key)).toEqual(['app.name', 'model.brier', 'model.ours']);
  });

  it('counts with plurals and separators', () => {
    expect(createI18n('en').t('terms.answers', { count: 1 })).toBe('1 answer');
    expect(createI18n('en').t('terms.answers', { count: 1204 })).toBe('1,204 answers');
    expect(createI18n('zh').t('terms.answers', { count: 1 })).toBe('1 次作答');
  });
});

describe('words for codes', () => {
  it('fills an error with its details', () => {
    const failure = { code: 'empty-file', message: 'roster.csv is empty.', detail: { file: 'roster.csv' } };
    expect(failureWords(createI18n('en'), failure)).toBe('roster.csv is empty. Check the export and choose it again.');
    expect(failureWords(createI18n('zh'), failure)).toContain('roster.csv 是空文件');
  });

  it('falls back to the application’s own sentence where it has no words', () => {
    const i18n = createI18n('zh');
    expect(failureWords(i18n, { code: 'brand-new', message: 'Line 3 is odd.', detail: {} })).toBe('Line 3 is odd.');
    expect(wordsForCode(i18n, 'imports.refused', 'brand-new', {}, 'odd')).toBe('odd');
  });

  it('knows every code that an import refuses a row with', () => {
    const importing = path.join(import.meta.dirname, '../../src/main/services/importing');
    const sources = readdirSync(importing, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(importing, name), 'utf8'))
      .join('\n');
    const codes = [...sources.matchAll(/Refusal\(\s*'([a-z-]+)'/g)].map((match) => match[1]);
    const notes = [...sources.matchAll(/(?:into|this)\.(?:note|count)\(\s*'([a-z-]+)'/g)].map((match) => match[1]);
    const reasons = [...sources.matchAll(/'([a-z-]+)',\n {6}'([a-z-]+)',\n {4}\)/g)].map((match) => match[2]);
    expect(notes.length).toBeGreaterThan(10);
    for (const code of notes) expect(Object.keys(en.imports.notes)).toContain(code);
    for (const code of reasons) expect(Object.keys(en.imports.because)).toContain(code);
    expect(codes.length).toBeGreaterThan(5);
    for (const code of codes) expect(Object.keys(en.imports.refused)).toContain(code);
  });

  it('knows every error of importing, undoing and training', () => {
    const root = path.join(import.meta.dirname, '../../src');
    const folders = ['main/services', 'main/trainer', 'learning/meta'];
    const codes = folders.flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => [...readFileSync(path.join(root, folder, name), 'utf8').matchAll(/PathlightError\(\s*'([a-z-]+)'/g)])
        .map((match) => match[1]),
    );
    // The learner is chosen on the command line only.
    const missing = codes.filter((code) => code !== 'unknown-learner' && !Object.hasOwn(en.errors, code ?? ''));
    expect(missing).toEqual([]);
  });
});
