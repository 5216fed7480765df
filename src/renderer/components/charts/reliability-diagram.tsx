import {
  CartesianGrid,
  ErrorBar,
  Label,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
  ZAxis,
} from 'recharts';
import type { Diagnostics } from '../../../shared/contract/model.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ChartTable } from '../data-table.tsx';
import { AXIS, CHART_HEIGHT, GRID, MARGIN, axisTitle } from './axis.ts';

type Bin = Diagnostics['reliability'][number];
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** What was forecast against what came true; a dot's area says how many answers it rests on, its bar is a 95% interval. */
export function ReliabilityDiagram({ bins }: { readonly bins: readonly Bin[] }) {
  const { t, format } = useWords();
  const points = bins.map((bin) => ({ ...bin, interval: [bin.observed - bin.low, bin.high - bin.observed] }));
  return (
    <figure className="chart" aria-label={t('model.reliability')}>
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={CHART_HEIGHT + 36}>
          <ScatterChart margin={MARGIN} accessibilityLayer={false}>
            <CartesianGrid {...GRID} />
            <XAxis
              {...AXIS}
              type="number"
              dataKey="forecast"
              domain={[0, 1]}
              ticks={TICKS}
              tickFormatter={(value: number) => format.percent(value)}
              label={axisTitle(t('model.forecastAxis'), 'below')}
            />
            <YAxis
              {...AXIS}
              type="number"
              dataKey="observed"
              domain={[0, 1]}
              ticks={TICKS}
              width={64}
              tickFormatter={(value: number) => format.percent(value)}
              label={axisTitle(t('model.observedAxis'), 'left')}
            />
            <ZAxis type="number" dataKey="answers" range={[28, 220]} />
            <ReferenceLine
              segment={[
                { x: 0, y: 0 },
                { x: 1, y: 1 },
              ]}
              stroke="var(--ink-3)"
              strokeDasharray="4 4"
            />
            <ReferenceDot x={0.3} y={0.3} r={0}>
              <Label value={t('model.perfect')} position="right" offset={8} dy={9} fill="var(--ink-2)" fontSize={12} />
            </ReferenceDot>
            <Tooltip
              cursor={false}
              content={({ active, payload }) => {
                const bin = payload?.[0]?.payload as Bin | undefined;
                return active === true && bin !== undefined ? (
                  <div className="chart-tip">
                    <strong>
                      {format.percent(bin.forecast)} → {format.percent(bin.observed)}
                    </strong>
                    <span>{t('terms.restsOn', { count: bin.answers })}</span>
                  </div>
                ) : null;
              }}
            />
            <Scatter data={points} fill="var(--forecast)" fillOpacity={0.85} isAnimationActive={false}>
              <ErrorBar
                isAnimationActive={false}
                dataKey="interval"
                direction="y"
                width={5}
                strokeWidth={1.5}
                stroke="var(--forecast)"
              />
            </Scatter>
          </ScatterChart>
        </ResponsiveContainer>
      </div>
      <ChartTable
        label={t('model.reliability')}
        rows={bins}
        rowKey={(_, index) => index}
        columns={[
          { title: t('model.forecastAxis'), cell: ({ forecast }) => format.percent(forecast, 1), numeric: true },
          { title: t('model.observedAxis'), cell: ({ observed }) => format.percent(observed, 1), numeric: true },
          {
            title: t('model.interval'),
            cell: ({ low, high }) => `${format.percent(low, 1)} – ${format.percent(high, 1)}`,
            numeric: true,
          },
          { title: t('model.answers'), cell: ({ answers }) => format.number(answers), numeric: true },
        ]}
      />
    </figure>
  );
}
