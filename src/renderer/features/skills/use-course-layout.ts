import { useEffect, useState } from 'react';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { layOut } from '../../components/map-layout.ts';
import type { MapLayout } from '../../components/map-layout.ts';
import { useApplication } from '../../data/application-context.tsx';

/** Pixels. */
const NODE_WIDTH = 136;

/**
 * The skills that are linked, laid out. That takes a tenth of a second for hundreds of skills, so it is done once for each answer and not before the
 * screen has been painted: undefined until then.
 */
export function useCourseLayout({ skills, prerequisites }: RouteOutput<'skills.map'>): MapLayout | undefined {
  const { layouts } = useApplication();
  const [, setDone] = useState<object>();
  useEffect(() => {
    if (layouts.has(prerequisites)) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        const linked = new Set(prerequisites.flatMap(({ skill, prerequisite }) => [skill, prerequisite]));
        layouts.set(
          prerequisites,
          layOut(
            skills.filter(({ id }) => linked.has(id)),
            prerequisites,
            NODE_WIDTH,
          ),
        );
        setDone(prerequisites);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [layouts, skills, prerequisites]);
  return layouts.get(prerequisites);
}
