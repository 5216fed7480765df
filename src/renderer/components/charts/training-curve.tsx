import { CartesianGrid, Label, Line, LineChart, ReferenceDot, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Diagnostics } from '../../../shared/contract/model.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ChartTable } from '../data-table.tsx';
import { AXIS, CHART_HEIGHT, GRID, MARGIN, axisTitle, niceTicks, span, thin } from './axis.ts';

const MOST_POINTS = 240;
const MOST_ROWS = 60;

/** Loss by outer step, on the students trained on and on those held back; each line is named at its end. */
export function TrainingCurve({ curve }: { readonly curve: Diagnostics['trainingCurve'] }) {
  const { t, format } = useWords();
  const points = thin(curve, MOST_POINTS);
  const last = points.at(-1);
  const lastHeldBack = curve.findLast(({ heldBackLoss }) => heldBackLoss !== null);
  const heldBack = curve.filter(({ heldBackLoss }) => heldBackLoss !== null);
  const shown = [...new Map([...points, ...thin(heldBack, MOST_POINTS)].map((point) => [point.step, point])).values()].toSorted(
    (a, b) => a.step - b.step,
  );
  const first = shown[0]?.step ?? 0;
  const final = last?.step ?? 1;
  const losses = shown.flatMap(({ loss, heldBackLoss }) => (heldBackLoss === null ? [loss] : [loss, heldBackLoss]));
  const ticks = niceTicks(Math.min(...losses), Math.max(...losses), 4);
  // So many digits that neighbours differ.
  const digits = (ticks[1] ?? 1) - (ticks[0] ?? 0) < 0.01 - 1e-9 ? 3 : 2;
  return (
    <figure className="chart" aria-label={t('model.curve')}>
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
          <LineChart data={shown} margin={{ ...MARGIN, right: 84 }} accessibilityLayer={false}>
            <CartesianGrid {...GRID} />
            <XAxis
              {...AXIS}
              dataKey="step"
              type="number"
              domain={[first, final]}
              ticks={niceTicks(first, final).filter((step) => step >= first && step <= final)}
              label={axisTitle(t('model.step'), 'below')}
            />
            <YAxis
              {...AXIS}
              width={64}
              domain={span(ticks)}
              ticks={[...ticks]}
              tickFormatter={(value: number) => format.number(value, digits)}
              label={axisTitle(t('model.loss'), 'left')}
            />
            <Line dataKey="loss" stroke="var(--ink-3)" strokeWidth={1.5} dot={false} isAnimationActive={false} />
            <Line
              dataKey="heldBackLoss"
              stroke="var(--forecast)"
              strokeWidth={2.5}
              dot={false}
              connectNulls
              isAnimationActive={false}
            />
            {last === undefined ? null : (
              <ReferenceDot x={last.step} y={last.loss} r={0}>
                <Label value={t('model.lossTraining')} position="right" fill="var(--ink-2)" fontSize={12} />
              </ReferenceDot>
            )}
            {lastHeldBack === undefined || lastHeldBack.heldBackLoss === null ? null : (
              <ReferenceDot x={lastHeldBack.step} y={lastHeldBack.heldBackLoss} r={3} fill="var(--forecast)" stroke="none">
                <Label value={t('model.lossHeldBack')} position="right" fill="var(--forecast)" fontSize={12} />
              </ReferenceDot>
            )}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <ChartTable
        label={t('model.curve')}
        rows={thin(heldBack.length > 1 ? heldBack : curve, MOST_ROWS)}
        rowKey={({ step }) => step}
        columns={[
          { title: t('model.step'), cell: ({ step }) => format.number(step), numeric: true },
          { title: `${t('model.loss')}, ${t('model.lossTraining')}`, cell: ({ loss }) => format.number(loss, 4), numeric: true },
          {
            title: `${t('model.loss')}, ${t('model.lossHeldBack')}`,
            cell: ({ heldBackLoss }) => (heldBackLoss === null ? t('app.dash') : format.number(heldBackLoss, 4)),
            numeric: true,
          },
        ]}
      />
    </figure>
  );
}
