import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlace, placeHash, railScreen } from '../../src/renderer/routing/place.ts';

describe('place', () => {
  it('reads the address of every screen', () => {
    expect(parsePlace('#/model')).toEqual({ screen: 'model' });
    expect(parsePlace('#/students')).toEqual({ screen: 'students' });
    expect(parsePlace('#/students/17')).toEqual({ screen: 'student', studentId: '17', view: 'path' });
    expect(parsePlace('#/students/17/path')).toEqual({ screen: 'student', studentId: '17', view: 'path' });
    expect(parsePlace('#/students/17/answers')).toEqual({ screen: 'student', studentId: '17', view: 'answers' });
  });

  it('takes anything unknown as the class', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/%E0%A4%A']) expect(parsePlace(hash)).toEqual({ screen: 'class' });
  });

  it('gives back any student id, whatever signs it has', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.constantFrom('path' as const, 'answers' as const),
        (studentId, view) => {
          expect(parsePlace(placeHash({ screen: 'student', studentId, view }))).toEqual({ screen: 'student', studentId, view });
        },
      ),
    );
  });

  it('keeps the rail on the settings while one of their pages is open', () => {
    expect(parsePlace('#/settings/computing')).toEqual({ screen: 'computing' });
    expect(parsePlace(placeHash({ screen: 'computing' }))).toEqual({ screen: 'computing' });
    expect(parsePlace(placeHash({ screen: 'backups' }))).toEqual({ screen: 'backups' });
    expect(railScreen({ screen: 'computing' })).toBe('settings');
    expect(railScreen({ screen: 'backups' })).toBe('settings');
    expect(parsePlace('#/settings/nowhere')).toEqual({ screen: 'settings' });
  });

  it('keeps the rail on the students while one of them is open', () => {
    expect(railScreen(parsePlace('#/students/4'))).toBe('students');
  });
});
