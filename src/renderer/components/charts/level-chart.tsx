import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Development } from '../../../shared/contract/students.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ChartTable } from '../data-table.tsx';
import { AXIS, CHART_HEIGHT, GRID, MARGIN, axisTitle } from './axis.ts';

/** The level after each answer, with a band of ± one standard error. */
export function LevelChart({ development }: { readonly development: Development }) {
  const { t, format } = useWords();
  const points = development.map(({ answers, level }) => ({
    answers,
    level: level.value,
    band: [Math.max(0, level.value - level.standardError), Math.min(1, level.value + level.standardError)],
  }));
  return (
    <figure className="chart" aria-label={t('student.development')}>
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
          <ComposedChart data={points} margin={MARGIN} accessibilityLayer={false}>
            <CartesianGrid {...GRID} />
            <XAxis
              {...AXIS}
              dataKey="answers"
              type="number"
              domain={['dataMin', 'dataMax']}
              allowDecimals={false}
              label={axisTitle(t('student.answersAxis'), 'below')}
            />
            <YAxis
              {...AXIS}
              domain={[0, 1]}
              ticks={[0, 0.25, 0.5, 0.75, 1]}
              width={64}
              tickFormatter={(value: number) => format.percent(value)}
              label={axisTitle(t('student.levelAxis'), 'left')}
            />
            <Tooltip
              content={({ active, payload }) => {
                const point = development.find(
                  ({ answers }) => answers === (payload?.[0]?.payload as { answers: number } | undefined)?.answers,
                );
                return active === true && point !== undefined ? (
                  <div className="chart-tip">
                    <strong>{format.estimate(point.level)}</strong>
                    <span>{t('terms.restsOn', { count: point.answers })}</span>
                  </div>
                ) : null;
              }}
            />
            <Area dataKey="band" stroke="none" fill="var(--forecast)" fillOpacity={0.18} isAnimationActive={false} />
            <Line dataKey="level" stroke="var(--forecast)" strokeWidth={2} dot={points.length < 12} isAnimationActive={false} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <ChartTable
        label={t('student.development')}
        rows={development}
        rowKey={(_, index) => index}
        columns={[
          { title: t('student.answersAxis'), cell: ({ answers }) => format.number(answers), numeric: true },
          { title: t('terms.level'), cell: ({ level }) => format.estimate(level), numeric: true },
        ]}
      />
    </figure>
  );
}
