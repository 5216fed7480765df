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
import type { EvaluationReport } from '../../../shared/contract/evaluation.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ChartTable } from '../data-table.tsx';
import { AXIS, CHART_HEIGHT, GRID, MARGIN, axisTitle, niceTicks, span, spread } from './axis.ts';

type Point = EvaluationReport['points'][number];

export interface AccuracyChartProperties {
  /** Of one window, by rising number of answers. */
  readonly points: readonly Point[];
  /** The best baseline's id: drawn stronger, and the one that the interval is about. */
  readonly best: string | null;
  readonly nameOf: (model: string) => string;
}

const HEIGHT = CHART_HEIGHT + 96;

/** AUC after k answers of ours and of every baseline; the bar is the 95% interval of the difference from the best one, laid at that one. */
export function AccuracyChart({ points, best, nameOf }: AccuracyChartProperties) {
  const { t, format } = useWords();
  const models = points[0]?.figures.map(({ model }) => model) ?? [];
  const [ours] = models;
  const aucOf = (point: Point, model: string): number | null => point.figures.find((each) => each.model === model)?.auc ?? null;
  const bestDifference = (point: Point) => point.differences.find(({ model }) => model === best);
  const drawn = points.map((point, index) => {
    const own = ours === undefined ? null : aucOf(point, ours);
    const difference = bestDifference(point)?.auc ?? null;
    return {
      index,
      point,
      ...Object.fromEntries(models.map((model) => [model, aucOf(point, model)])),
      interval:
        difference === null || own === null ? undefined : [difference.value - difference.low, difference.high - difference.value],
    };
  });
  const auc = (value: number | null) => (value === null ? t('app.dash') : format.number(value, 3));
  const interval = (difference: { readonly low: number; readonly high: number } | null | undefined) =>
    difference ? `${format.number(difference.low, 3)} … ${format.number(difference.high, 3)}` : t('app.dash');
  const values = points.flatMap((point) => point.figures.map((each) => each.auc)).filter((value) => value !== null);
  const ticks = niceTicks(Math.min(0.5, ...values), Math.min(1, Math.max(0.55, ...values) + 0.01));
  const [bottom, top] = span(ticks);
  const last = drawn.at(-1);
  const ends = models.flatMap((model) => {
    const value = last === undefined ? null : aucOf(last.point, model);
    return value === null ? [] : [{ model, value }];
  });
  const places = spread(
    ends.map(({ value }) => value),
    0.062 * (top - bottom),
  );
  const look = (model: string) =>
    model === ours
      ? { colour: 'var(--forecast)', width: 2.5, dash: undefined, weight: 600 }
      : model === best
        ? { colour: 'var(--ink)', width: 2, dash: '6 4', weight: 600 }
        : { colour: 'var(--ink-3)', width: 1.25, dash: '2 3', weight: 400 };
  return (
    <figure className="chart" aria-label={t('model.accuracy')}>
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <LineChart data={drawn} margin={{ ...MARGIN, right: 128 }} accessibilityLayer={false}>
            <CartesianGrid {...GRID} />
            <XAxis
              {...AXIS}
              dataKey="index"
              type="number"
              domain={[0, Math.max(1, drawn.length - 1)]}
              ticks={drawn.map(({ index }) => index)}
              tickFormatter={(index: number) => format.number(drawn[index]?.point.after ?? 0)}
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
                const point = (payload?.[0]?.payload as { point: Point } | undefined)?.point;
                return active === true && point !== undefined ? (
                  <div className="chart-tip">
                    {point.figures.map(({ model, auc: value }, index) =>
                      index === 0 ? (
                        <strong key={model}>
                          {nameOf(model)} {auc(value)}
                        </strong>
                      ) : (
                        <span key={model}>
                          {nameOf(model)} {auc(value)}
                        </span>
                      ),
                    )}
                    <span>
                      {t('terms.answers', { count: point.after })} · {t('terms.students', { count: point.students })} ·{' '}
                      {t('terms.questions', { count: point.questions })}
                    </span>
                  </div>
                ) : null;
              }}
            />
            {models.toReversed().map((model) => {
              const { colour, width, dash } = look(model);
              return (
                <Line
                  key={model}
                  dataKey={model}
                  stroke={colour}
                  strokeWidth={width}
                  {...(dash === undefined ? {} : { strokeDasharray: dash })}
                  dot={model === ours ? { r: 4, fill: colour } : false}
                  isAnimationActive={false}
                >
                  {model === ours ? (
                    <ErrorBar
                      isAnimationActive={false}
                      dataKey="interval"
                      direction="y"
                      width={5}
                      strokeWidth={1.5}
                      stroke={colour}
                    />
                  ) : null}
                </Line>
              );
            })}
            {ends.map(({ model }, index) => (
              <ReferenceDot key={model} x={last?.index ?? 0} y={places[index] ?? 0} r={0} ifOverflow="visible">
                <Label
                  value={nameOf(model)}
                  position="right"
                  offset={12}
                  fill={model === ours ? 'var(--forecast)' : model === best ? 'var(--ink)' : 'var(--ink-2)'}
                  fontSize={12}
                  fontWeight={look(model).weight}
                />
              </ReferenceDot>
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <ChartTable
        label={t('model.accuracy')}
        rows={points}
        rowKey={({ after }) => after}
        columns={[
          { title: t('model.after'), cell: ({ after }) => format.number(after), numeric: true },
          ...models.map((model) => ({
            title: t('model.aucOf', { model: nameOf(model) }),
            cell: (point: Point) => auc(aucOf(point, model)),
            numeric: true,
          })),
          ...(best === null
            ? []
            : [
                {
                  title: t('model.differenceFrom', { model: nameOf(best) }),
                  cell: (point: Point) => interval(bestDifference(point)?.auc),
                  numeric: true,
                },
                {
                  title: t('model.logLossDifferenceFrom', { model: nameOf(best) }),
                  cell: (point: Point) => interval(bestDifference(point)?.logLoss),
                  numeric: true,
                },
              ]),
          { title: t('model.aucWithin'), cell: ({ figures }) => auc(figures[0]?.aucWithinStudent ?? null), numeric: true },
          { title: t('model.logLoss'), cell: ({ figures }) => format.number(figures[0]?.logLoss ?? 0, 4), numeric: true },
          { title: t('model.brier'), cell: ({ figures }) => format.number(figures[0]?.brier ?? 0, 4), numeric: true },
          { title: t('model.students'), cell: ({ students }) => format.number(students), numeric: true },
          { title: t('model.queries'), cell: ({ questions }) => format.number(questions), numeric: true },
        ]}
      />
    </figure>
  );
}
