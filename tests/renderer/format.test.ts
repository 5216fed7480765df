import { describe, expect, it } from 'vitest';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { preferredLanguage } from '../../src/renderer/i18n/language.ts';

const en = createFormat('en');
const zh = createFormat('zh');

describe('format', () => {
  it('writes a share with its standard error in percentage points', () => {
    expect(en.estimate({ value: 0.723, standardError: 0.081 })).toBe('72% ± 8');
    expect(en.estimate({ value: 0.5, standardError: 0.004 })).toBe('50% ± 0.4');
  });

  it('writes a gain with its sign, and decimals only where whole points say nothing', () => {
    expect(en.gain({ value: 7.2, standardError: 2.1 })).toBe('+7 ± 2');
    expect(en.gain({ value: 0.42, standardError: 0.11 })).toBe('+0.4 ± 0.1');
    expect(en.gain({ value: 0.033, standardError: 0.031 })).toBe('+0.03 ± 0.03');
    expect(en.gain({ value: -1.2, standardError: 1 })).toBe('-1 ± 1');
    expect(en.gain({ value: 0, standardError: 0 })).toBe('0 ± 0');
  });

  it('says days as people say them, and dates beyond a week', () => {
    const now = new Date(2026, 10, 24, 9).getTime();
    expect(en.day(new Date(2026, 10, 24, 1).getTime(), now)).toBe('today');
    expect(en.day(new Date(2026, 10, 23, 23, 59).getTime(), now)).toBe('yesterday');
    expect(en.day(new Date(2026, 10, 21, 12).getTime(), now)).toBe('3 days ago');
    expect(en.day(new Date(2026, 9, 1, 12).getTime(), now)).toBe('1 October 2026');
    expect(zh.day(new Date(2026, 10, 24, 1).getTime(), now)).toBe('今天');
  });

  it('joins names in each language', () => {
    expect(en.list(['Mia', 'Ben', 'Noor'])).toBe('Mia, Ben and Noor');
    expect(zh.list(['小明', '李华'])).toBe('小明和李华');
  });

  it('rounds remaining time to what helps', () => {
    expect(en.duration(39_100)).toBe('40 sec');
    expect(en.duration(150_000)).toBe('3 min');
    expect(en.minutes(0.2)).toBe('1 min');
  });
});

describe('preferredLanguage', () => {
  it('takes the first language it speaks, English otherwise', () => {
    expect(preferredLanguage(['fr-FR', 'zh-TW', 'en'])).toBe('zh');
    expect(preferredLanguage(['de'])).toBe('en');
  });
});
