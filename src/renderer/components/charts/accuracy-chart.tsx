import {
  CartesianGrid,
  ErrorBar,
  Label,
  Line,
  LineChart,
  ReferenceDot,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Diagnostics } from '../../../shared/contract/model.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ChartTable } from '../data-table.tsx';
import { AXIS, CHART_HEIGHT, GRID, MARGIN, axisTitle, niceTicks, span } from './axis.ts';

type Point = Diagnostics['accuracy'][number];

/** AUC after k answers beside the baseline; the bar is the 95% interval of the difference, laid at the baseline. */
export function AccuracyChart({ points, baseline }: { readonly points: readonly Point[]; readonly baseline: string }) {
  const { t, format } = useWords();
  const drawn = points.map((point, index) => ({
    ...point,
    index,
    // The interval belongs to the difference: drawn from the baseline upwards, it shows where the model's AUC may lie.
    interval:
      point.difference === null || point.auc === null || point.baselineAuc === null
        ? undefined
        : [point.auc - (point.baselineAuc + point.difference.low), point.baselineAuc + point.difference.high - point.auc],
  }));
  const lastOurs = drawn.findLast(({ auc }) => auc !== null);
  const lastBaseline = drawn.findLast(({ baselineAuc }) => baselineAuc !== null);
  const auc = (value: number | null) => (value === null ? t('app.dash') : format.number(value, 3));
  const values = drawn.flatMap((point) => [point.auc, point.baselineAuc]).filter((value) => value !== null);
  const ticks = niceTicks(Math.min(0.5, ...values), Math.min(1, Math.max(0.55, ...values) + 0.01));
  const [bottom, top] = span(ticks);
  // Names at the lines' ends keep a line's height apart.
  const far = Math.abs((lastOurs?.auc ?? 0) - (lastBaseline?.baselineAuc ?? 0)) > 0.08 * (top - bottom);
  return (
    <figure className="chart" aria-label={t('model.accuracy')}>
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={CHART_HEIGHT + 36}>
          <LineChart data={drawn} margin={{ ...MARGIN, right: 108 }} accessibilityLayer={false}>
            <CartesianGrid {...GRID} />
            <XAxis
              {...AXIS}
              dataKey="index"
              type="number"
              domain={[0, Math.max(1, drawn.length - 1)]}
              ticks={drawn.map(({ index }) => index)}
              tickFormatter={(index: number) => format.number(drawn[index]?.after ?? 0)}
              label={axisTitle(t('model.after'), 'below')}
              padding={{ left: 12, right: 12 }}
            />
            <YAxis
              {...AXIS}
              width={64}
              domain={span(ticks)}
              ticks={[...ticks]}
              tickFormatter={(value: number) => format.number(value, 2)}
              label={axisTitle(t('model.auc'), 'left')}
            />
            <Tooltip
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as Point | undefined;
                return active === true && point !== undefined ? (
                  <div className="chart-tip">
                    <strong>
                      {t('model.ours')} {auc(point.auc)} · {baseline} {auc(point.baselineAuc)}
                    </strong>
                    <span>
                      {t('terms.answers', { count: point.after })} · {t('terms.students', { count: point.students })} ·{' '}
                      {t('terms.questions', { count: point.questions })}
                    </span>
                  </div>
                ) : null;
              }}
            />
            <Line
              dataKey="baselineAuc"
              stroke="var(--ink-3)"
              strokeWidth={2}
              strokeDasharray="5 4"
              dot={{ r: 3, fill: 'var(--surface)', strokeDasharray: '0' }}
              isAnimationActive={false}
            />
            <Line
              dataKey="auc"
              stroke="var(--forecast)"
              strokeWidth={2.5}
              dot={{ r: 4, fill: 'var(--forecast)' }}
              isAnimationActive={false}
            >
              <ErrorBar
                isAnimationActive={false}
                dataKey="interval"
                direction="y"
                width={5}
                strokeWidth={1.5}
                stroke="var(--forecast)"
              />
            </Line>
            {lastOurs === undefined || lastOurs.auc === null ? null : (
              <ReferenceDot x={lastOurs.index} y={lastOurs.auc} r={0}>
                <Label
                  value={t('model.ours')}
                  position="right"
                  offset={12}
                  dy={far ? 0 : -9}
                  fill="var(--forecast)"
                  fontSize={12}
                />
              </ReferenceDot>
            )}
            {lastBaseline === undefined || lastBaseline.baselineAuc === null ? null : (
              <ReferenceDot x={lastBaseline.index} y={lastBaseline.baselineAuc} r={0}>
                <Label value={baseline} position="right" offset={12} dy={far ? 0 : 9} fill="var(--ink-2)" fontSize={12} />
              </ReferenceDot>
            )}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <ChartTable
        label={t('model.accuracy')}
        rows={points}
        rowKey={({ after }) => after}
        columns={[
          { title: t('model.after'), cell: ({ after }) => format.number(after), numeric: true },
          { title: t('model.auc'), cell: (point) => auc(point.auc), numeric: true },
          { title: t('model.baselineAuc'), cell: (point) => auc(point.baselineAuc), numeric: true },
          {
            title: t('model.difference'),
            cell: ({ difference }) =>
              difference === null ? t('app.dash') : `${format.number(difference.low, 3)} … ${format.number(difference.high, 3)}`,
            numeric: true,
          },
          { title: t('model.aucWithin'), cell: (point) => auc(point.aucWithinStudent), numeric: true },
          { title: t('model.logLoss'), cell: ({ logLoss }) => format.number(logLoss, 4), numeric: true },
          { title: t('model.brier'), cell: ({ brier }) => format.number(brier, 4), numeric: true },
          { title: t('model.ece'), cell: ({ ece }) => format.number(ece, 4), numeric: true },
          { title: t('model.students'), cell: ({ students }) => format.number(students), numeric: true },
          { title: t('model.queries'), cell: ({ questions }) => format.number(questions), numeric: true },
        ]}
      />
    </figure>
  );
}
