import type { Diagnostics } from '../../../shared/contract/model.ts';
import { ReliabilityDiagram } from '../../components/charts/reliability-diagram.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { calibrationSentence } from './model-sentence.ts';
import { firstWindow, pointsOf } from './report-reading.ts';

/** Can the percentages be taken at their word: the reliability diagram, and the calibration error beside what chance leaves. */
export function CalibrationSection({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t, format } = useWords();
  const { reliability, reliabilityAfter: after, report } = diagnostics;
  const points = pointsOf(report, firstWindow(report));
  return (
    <Section
      title={t('model.reliability')}
      note={after === null ? t('model.reliabilityNoteAny') : t('model.reliabilityNote', { count: after })}
    >
      {reliability.length === 0 ? (
        <p className="note">{t('model.tooFew')}</p>
      ) : (
        <>
          <ReliabilityDiagram bins={reliability} />
          <p className="finding">{calibrationSentence(points, t, format)}</p>
          <DataTable
            label={t('model.calibrationTable')}
            rows={points}
            rowKey={(point) => point.after}
            columns={[
              { title: t('model.after'), cell: (point) => format.number(point.after), numeric: true },
              { title: t('model.eceShort'), cell: ({ figures: [own] }) => format.percent(own?.ece ?? 0, 1), numeric: true },
              {
                title: t('model.ecePerfect'),
                cell: ({ figures: [own] }) => format.percent(own?.ecePerfect ?? 0, 1),
                numeric: true,
              },
              {
                title: t('model.eceVerdict'),
                cell: ({ figures: [own] }) =>
                  t(own !== undefined && own.ece <= own.ecePerfect ? 'model.within' : 'model.outside'),
              },
            ]}
          />
        </>
      )}
    </Section>
  );
}
