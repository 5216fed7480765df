import { describe, expect, it } from 'vitest';
import { contactSheet } from '../../scripts/screens/contact-sheet.ts';
import { EMPTY_SHOTS, FILLED_SHOTS } from '../../scripts/screens/shots.ts';
import { parsePlace, placeHash, QUESTIONS_VIEWS, SCREENS } from '../../src/renderer/routing/place.ts';
import type { Place } from '../../src/renderer/routing/place.ts';

/** One address of every kind of place: a new kind does not compile until it stands here. */
const PLACES: Readonly<Record<Exclude<Place['screen'], (typeof SCREENS)[number] | 'questions' | 'student'>, Place>> = {
  lesson: { screen: 'lesson' },
  computing: { screen: 'computing' },
  backups: { screen: 'backups' },
  'older-model': { screen: 'older-model', modelId: '' },
};

const kindOf = (place: Place): string => `${place.screen}${'view' in place ? ` ${place.view}` : ''}`;

describe('the pictures of every screen', () => {
  const all = [...EMPTY_SHOTS, ...FILLED_SHOTS];

  it('show each place that has an address', () => {
    const places: readonly Place[] = [
      ...SCREENS.map((screen) => ({ screen })),
      ...Object.values(PLACES),
      ...QUESTIONS_VIEWS.map((view) => ({ screen: 'questions', view }) as const),
      ...(['path', 'answers'] as const).map((view) => ({ screen: 'student', studentId: '', view }) as const),
    ];
    const shown = new Set(FILLED_SHOTS.map(({ place }) => kindOf(place)));
    expect(places.map(kindOf).filter((kind) => !shown.has(kind))).toEqual([]);
  });

  it('have names of their own, and addresses that lead where they say', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { place } of all) expect(parsePlace(placeHash(place))).toEqual(place);
  });

  it('stand on one page, where a name is no markup', () => {
    const html = contactSheet([
      { shot: 'a<b', variant: 'en-light', file: 'a.png' },
      { shot: 'a<b', variant: 'zh-dark', file: 'b.png' },
      { shot: 'c', variant: 'zh-dark', file: 'c.png' },
    ]);
    expect(html.match(/<img /g)).toHaveLength(3);
    expect(html).not.toContain('a<b');
  });
});
