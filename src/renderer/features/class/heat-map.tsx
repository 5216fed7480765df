import { useCallback, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { ClassOverview } from '../../../shared/contract/students.ts';
import { useWords } from '../../i18n/use-words.ts';
import { goTo } from '../../routing/use-place.ts';
import { CELL_WIDTH, HeatMapRow, cellAt, NAME_WIDTH, ROW_HEIGHT } from './heat-map-row.tsx';
import type { Metric, Student } from './heat-map-row.tsx';
import { createCellWords } from './cell-words.ts';
import { moveInGrid, visibleRange } from './heat-map-window.ts';
import type { CellPosition } from './heat-map-window.ts';

const HEAD_HEIGHT = 148;
/** The slanted heads lean over the last column. */
const HEAD_OVERHANG = 128;
/** Room that is kept for what is said about a cell. */
const TIP_WIDTH = 308;
/** Rows and columns out of view that are drawn too; when the map is first painted, one. */
const MARGIN = 4;

export interface HeatMapProperties {
  readonly students: readonly Student[];
  readonly skills: ClassOverview['skills'];
  readonly metric: Metric;
}

/** What is in view, in pixels; the scroll position to whole rows and columns. */
interface View {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** Students × skills as one grid that scrolls both ways; only what is in view exists. Works with mouse and keyboard alike. */
export function HeatMap({ students, skills, metric }: HeatMapProperties) {
  const { t, format } = useWords();
  const words = useMemo(() => createCellWords(t, format), [t, format]);
  const grid = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // As the style sheet has it, until it has been measured.
  const [view, setView] = useState<View>(() => ({
    top: 0,
    left: 0,
    width: 1200,
    height: Math.max(420, window.innerHeight - 220),
  }));
  const [active, setActive] = useState<CellPosition>({ row: 0, column: 0 });
  const [focused, setFocused] = useState(false);
  const [hovered, setHovered] = useState<CellPosition>();
  const width = CELL_WIDTH[metric];

  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const next: View = {
      top: Math.floor(element.scrollTop / ROW_HEIGHT) * ROW_HEIGHT,
      left: Math.floor(element.scrollLeft / width) * width,
      width: element.clientWidth,
      height: element.clientHeight,
    };
    setView((now) =>
      now.top === next.top && now.left === next.left && now.width === next.width && now.height === next.height ? now : next,
    );
  }, [width]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure]);

  const margin = useDeferredValue(MARGIN, 1);
  const rows = visibleRange(view.top, view.height - HEAD_HEIGHT, ROW_HEIGHT, students.length, margin);
  const columns = visibleRange(view.left, view.width - NAME_WIDTH, width, skills.length, margin);

  function show(cell: CellPosition) {
    const element = scroller.current;
    if (element === null) return;
    const top = cell.row * ROW_HEIGHT;
    const left = cell.column * width;
    const visibleHeight = element.clientHeight - HEAD_HEIGHT;
    const visibleWidth = element.clientWidth - NAME_WIDTH;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_HEIGHT > element.scrollTop + visibleHeight) element.scrollTop = top + ROW_HEIGHT - visibleHeight;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + width > element.scrollLeft + visibleWidth) element.scrollLeft = left + width - visibleWidth;
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      const student = students[active.row];
      if (student !== undefined) goTo({ screen: 'student', studentId: student.id, view: 'path' });
      return;
    }
    const pageRows = Math.max(1, Math.floor((view.height - HEAD_HEIGHT) / ROW_HEIGHT) - 1);
    const next = moveInGrid(active, event.key, event.ctrlKey || event.metaKey, students.length, skills.length, pageRows);
    if (next === undefined) return;
    event.preventDefault();
    setHovered(undefined);
    setActive(next);
    show(next);
  }

  function positionOf(event: MouseEvent): CellPosition | undefined {
    const element = (event.target as Element).closest<HTMLElement>('[data-row]');
    if (element === null) return undefined;
    return { row: Number(element.dataset['row']), column: Number(element.dataset['column']) };
  }

  const shown = hovered ?? (focused ? active : undefined);
  const shownStudent = shown === undefined ? undefined : students[shown.row];
  const shownSkill = shown === undefined ? undefined : skills[shown.column];
  const below = shown !== undefined && shown.row * ROW_HEIGHT - view.top < 150;
  /** Beside its cell, as far as the view has room. */
  const tipLeft =
    shown === undefined
      ? 0
      : Math.max(view.left, Math.min(NAME_WIDTH + shown.column * width, view.left + view.width - TIP_WIDTH));

  return (
    <div
      ref={scroller}
      className={`heat heat-${metric}`}
      role="grid"
      tabIndex={0}
      aria-label={t('class.mapLabel', { metric: t(`terms.${metric}`) })}
      aria-rowcount={students.length + 1}
      aria-colcount={skills.length + 1}
      aria-activedescendant={students.length === 0 ? undefined : `${grid}-${active.row}-${active.column}`}
      onScroll={measure}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => setFocused(false)}
      onMouseMove={(event) => {
        const at = positionOf(event);
        if (at?.row !== hovered?.row || at?.column !== hovered?.column) setHovered(at);
      }}
      onMouseLeave={() => setHovered(undefined)}
      onClick={(event) => {
        const student = students[positionOf(event)?.row ?? -1];
        if (student !== undefined) goTo({ screen: 'student', studentId: student.id, view: 'path' });
      }}
    >
      <div
        className="heat-plane"
        role="presentation"
        style={{
          inlineSize: NAME_WIDTH + skills.length * width + HEAD_OVERHANG,
          blockSize: HEAD_HEIGHT + students.length * ROW_HEIGHT,
        }}
      >
        <div className="heat-head" role="row" aria-rowindex={1} style={{ blockSize: HEAD_HEIGHT }}>
          <div className="heat-corner" role="columnheader" style={{ inlineSize: NAME_WIDTH }}>
            {t('terms.student')}
          </div>
          {skills.slice(columns.first, columns.last + 1).map((skill, offset) => (
            <div
              key={skill.id}
              className={`heat-skill ${shown?.column === columns.first + offset ? 'heat-skill-shown' : ''}`}
              role="columnheader"
              aria-colindex={columns.first + offset + 2}
              title={skill.name}
              style={{ insetInlineStart: NAME_WIDTH + (columns.first + offset) * width, inlineSize: width }}
            >
              <span>{skill.name}</span>
            </div>
          ))}
        </div>
        <div className="heat-rows" role="rowgroup" style={{ insetBlockStart: HEAD_HEIGHT }}>
          {students.slice(rows.first, rows.last + 1).map((student, offset) => {
            const row = rows.first + offset;
            return (
              <HeatMapRow
                key={student.id}
                grid={grid}
                student={student}
                skills={skills}
                row={row}
                first={columns.first}
                last={columns.last}
                metric={metric}
                active={focused && row === active.row ? active.column : -1}
                words={words}
              />
            );
          })}
          {shown === undefined || shownStudent === undefined || shownSkill === undefined ? null : (
            <div
              className={`heat-tip ${below ? 'heat-tip-below' : ''}`}
              aria-hidden="true"
              style={{
                insetBlockStart: (shown.row + (below ? 1 : 0)) * ROW_HEIGHT,
                insetInlineStart: tipLeft,
              }}
            >
              <strong>{words.title(shownStudent.name, shownSkill.name)}</strong>
              {words.lines(cellAt(shownStudent, shown.column)).map((line) => (
                <span key={line}>{line}</span>
              ))}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
