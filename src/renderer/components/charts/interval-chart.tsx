import {
  CartesianGrid,
  ErrorBar,
  Label,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from 'recharts';
import { useWords } from '../../i18n/use-words.ts';
import { AXIS, GRID, MARGIN, axisTitle, niceTicks, span } from './axis.ts';

export interface IntervalRow {
  readonly name: string;
  /** In percentage points. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** What was expected, as a hollow mark; none where left out. */
  readonly expected?: number;
}

export interface IntervalChartProperties {
  readonly label: string;
  readonly axis: string;
  readonly rows: readonly IntervalRow[];
  /** Pixels that names take; for long ones where left out. */
  readonly nameWidth?: number;
  /** Words for the two marks, where there are two. */
  readonly marks?: { readonly happened: string; readonly expected: string };
}

const ROW_HEIGHT = 30;
const NAME_WIDTH = 236;
const MOST_LETTERS = 30;

const shorten = (name: string): string => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}…` : name);

/** A dot with its 95% interval a row, on a line of percentage points; what was expected is hollow. The table under it is the caller's. */
export function IntervalChart({ label, axis, rows, marks, nameWidth = NAME_WIDTH }: IntervalChartProperties) {
  const { format } = useWords();
  const points = rows.map((row) => ({ ...row, interval: [row.value - row.low, row.high - row.value] }));
  const ticks = niceTicks(Math.min(0, ...rows.map(({ low }) => low)), Math.max(0, ...rows.map(({ high }) => high)), 6);
  const [first] = points;
  return (
    <div aria-hidden="true" title={label}>
      <ResponsiveContainer width="100%" height={rows.length * ROW_HEIGHT + 76}>
        <ScatterChart margin={{ ...MARGIN, top: 22 }} accessibilityLayer={false}>
          <CartesianGrid {...GRID} vertical horizontal={false} />
          <XAxis
            {...AXIS}
            type="number"
            dataKey="value"
            domain={span(ticks)}
            ticks={[...ticks]}
            tickFormatter={(value: number) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${format.number(Math.abs(value))}`}
            label={axisTitle(axis, 'below')}
          />
          <YAxis
            {...AXIS}
            type="category"
            dataKey="name"
            width={nameWidth}
            reversed
            interval={0}
            allowDuplicatedCategory={false}
            tickFormatter={shorten}
          />
          <ReferenceLine x={0} stroke="var(--ink-3)" strokeDasharray="4 4" />
          <Scatter data={points} fill="var(--forecast)" isAnimationActive={false}>
            <ErrorBar
              isAnimationActive={false}
              dataKey="interval"
              direction="x"
              width={5}
              strokeWidth={1.5}
              stroke="var(--forecast)"
            />
          </Scatter>
          {points.map(({ name, expected }) =>
            expected === undefined ? null : (
              <ReferenceDot key={name} x={expected} y={name} r={5} fill="var(--ground)" stroke="var(--ink-2)" strokeWidth={1.5}>
                {marks !== undefined && name === first?.name ? (
                  <Label value={marks.expected} position="bottom" offset={7} fill="var(--ink-2)" fontSize={11.5} />
                ) : null}
              </ReferenceDot>
            ),
          )}
          {marks === undefined || first === undefined ? null : (
            <ReferenceDot x={first.value} y={first.name} r={0}>
              <Label value={marks.happened} position="top" offset={8} fill="var(--forecast)" fontSize={11.5} />
            </ReferenceDot>
          )}
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  );
}
