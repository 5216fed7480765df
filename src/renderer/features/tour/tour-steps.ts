import type { Place } from '../../routing/place.ts';

export interface TourStep {
  readonly id: 'sentence' | 'groups' | 'map' | 'path' | 'plans';
  readonly on: 'class' | 'student';
  /** What the step speaks of, once it is on the screen; the stylesheet draws a line around the same part. */
  readonly shows: string;
}

export const TOUR_STEPS: readonly TourStep[] = [
  { id: 'sentence', on: 'class', shows: '.page-header .lead' },
  { id: 'groups', on: 'class', shows: '.class-now .groups' },
  { id: 'map', on: 'class', shows: '.class-map .heat-plane' },
  { id: 'path', on: 'student', shows: '.student-page .path-section' },
  { id: 'plans', on: 'student', shows: '.student-page .page-actions' },
];

/**
 * The screen that a step is about.
 * @param studentId whose path is shown; the list of students where there is none yet
 */
export function tourPlace(step: TourStep, studentId: string | undefined): Place {
  if (step.on === 'class') return { screen: 'class' };
  return studentId === undefined ? { screen: 'students' } : { screen: 'student', studentId, view: 'path' };
}
