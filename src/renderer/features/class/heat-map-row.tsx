import { memo } from 'react';
import type { CSSProperties } from 'react';
import type { ClassOverview } from '../../../shared/contract/students.ts';
import { masteryStep } from '../../components/mastery.ts';
import { placeHash } from '../../routing/place.ts';
import type { CellWords, StudentCell } from './cell-words.ts';
import { certaintyScale } from './heat-map-window.ts';

export type Metric = 'mastery' | 'forecast';
export type Student = ClassOverview['students'][number];

export const ROW_HEIGHT = 32;
export const NAME_WIDTH = 196;
export const CELL_WIDTH: Readonly<Record<Metric, number>> = { mastery: 36, forecast: 64 };

export interface HeatMapRowProperties {
  readonly grid: string;
  readonly student: Student;
  readonly skills: ClassOverview['skills'];
  readonly row: number;
  readonly first: number;
  readonly last: number;
  readonly metric: Metric;
  /** The column under the cursor of the keyboard, or -1. */
  readonly active: number;
  readonly words: CellWords;
}

/** The cell at a column. @param column place of the skill in the class's order */
export function cellAt({ bySkill }: Student, column: number): StudentCell {
  const wanted = bySkill.wanted[column] ?? 0;
  return {
    forecast: { value: bySkill.forecast[column] ?? 0, standardError: bySkill.forecastError[column] ?? 0 },
    mastery: { value: bySkill.mastery[column] ?? 0, standardError: bySkill.masteryError[column] ?? 0 },
    answers: bySkill.answers[column] ?? 0,
    enough: wanted === 0,
    wanted,
  };
}

function percent(value: number): string {
  return `${100 * Math.min(1, Math.max(0, value))}%`;
}

/** Pixels of the square that stands for a mastery of which nobody could be surer. */
const SQUARE = 27;

function ForecastMark({ cell: { forecast, enough } }: { readonly cell: StudentCell }) {
  const low = Math.max(0, forecast.value - forecast.standardError);
  const high = Math.min(1, forecast.value + forecast.standardError);
  return (
    <span className={`heat-line ${enough ? '' : 'unsure'}`}>
      <span className="forecast-bar" style={{ insetInlineStart: percent(low), inlineSize: percent(high - low) }} />
      <span className="forecast-dot" style={{ insetInlineStart: percent(forecast.value) }} />
    </span>
  );
}

/** Mastery is drawn by the cell itself, in boxes of the size that it needs: elements of their own, scaled, would take as long to lay out and paint as all else. */
function lookOf(metric: Metric, column: number, { mastery, enough }: StudentCell) {
  const style: CSSProperties & { '--mark'?: string } = { insetInlineStart: NAME_WIDTH + column * CELL_WIDTH[metric] };
  if (metric === 'forecast') return { className: '', style };
  style['--mark'] = `${Math.round(SQUARE * certaintyScale(mastery.standardError, enough))}px`;
  return { className: `mastery-${masteryStep(mastery.value)} ${enough ? '' : 'unsure'}`, style };
}

interface HeatCellProperties extends Pick<HeatMapRowProperties, 'grid' | 'student' | 'row' | 'metric' | 'words'> {
  readonly skill: string;
  readonly column: number;
  readonly isActive: boolean;
}

/** Drawn again only where something about it has changed: a scroll across leaves most cells as they are. */
const HeatCell = memo(function HeatCell({ grid, student, skill, row, column, metric, isActive, words }: HeatCellProperties) {
  const cell = cellAt(student, column);
  const { className, style } = lookOf(metric, column, cell);
  return (
    <div
      id={`${grid}-${row}-${column}`}
      role="gridcell"
      className={`heat-cell ${className} ${isActive ? 'heat-active' : ''}`}
      aria-colindex={column + 2}
      aria-label={words.whole(student.name, skill, cell)}
      data-row={row}
      data-column={column}
      style={style}
    >
      {metric === 'forecast' ? <ForecastMark cell={cell} /> : null}
    </div>
  );
});

/** One student's row of the heat map; only the columns in view exist. */
export const HeatMapRow = memo(function HeatMapRow(properties: HeatMapRowProperties) {
  const { grid, student, skills, row, first, last, metric, active, words } = properties;
  return (
    <div
      className="heat-row"
      role="row"
      aria-rowindex={row + 2}
      style={{ insetBlockStart: row * ROW_HEIGHT, blockSize: ROW_HEIGHT }}
    >
      <div className="heat-name" role="rowheader" style={{ inlineSize: NAME_WIDTH }}>
        <a href={placeHash({ screen: 'student', studentId: student.id, view: 'path' })} tabIndex={-1} title={student.name}>
          {student.name}
        </a>
      </div>
      {skills.slice(first, last + 1).map((skill, offset) => (
        <HeatCell
          key={skill.id}
          grid={grid}
          student={student}
          skill={skill.name}
          row={row}
          column={first + offset}
          metric={metric}
          isActive={first + offset === active}
          words={words}
        />
      ))}
    </div>
  );
});
