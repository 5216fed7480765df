import { useState } from 'react';
import type { LessonSheet } from '../../../shared/contract/classroom.ts';
import { PAPERS } from '../../../shared/contract/plans.ts';
import type { Paper } from '../../../shared/contract/plans.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button, Choice } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Row, usualPaper } from '../plans/plan-dialog.tsx';
import { printPage } from '../plans/print-page.ts';
import { formatsOf } from '../plans/use-plan-output.ts';
import type { PlanFormat } from '../plans/use-plan-output.ts';

export interface LessonDialogProperties {
  readonly sheet: LessonSheet;
  readonly onClose: () => void;
  /** What is said when it was saved. */
  readonly onSaved: (text: string) => void;
}

/** How a lesson plan is to leave the program. */
export function LessonDialog({ sheet, onClose, onSaved }: LessonDialogProperties) {
  const { api } = useApplication();
  const { t } = useWords();
  const announce = useAnnounce();
  const [format, setFormat] = useState<PlanFormat>('print');
  const [paper, setPaper] = useState<Paper>(usualPaper);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Failure>();

  async function put(): Promise<Failure | undefined> {
    if (format === 'print') {
      const page = await api.call('lesson.page', { paper, sheet });
      if (!page.ok) return page.error;
      await printPage(page.data.html);
      return undefined;
    }
    const file = await api.call('lesson.export', { format, paper, sheet, name: `${sheet.title} ${sheet.subtitle}` });
    if (!file.ok) return file.error;
    if ((await api.saveFile(file.data.fileId)).saved) {
      announce(t('lesson.saved'));
      onSaved(t('lesson.saved'));
    }
    return undefined;
  }

  async function go() {
    setBusy(true);
    try {
      const failed = await put();
      setProblem(failed);
      if (failed === undefined) onClose();
    } catch (reason) {
      setProblem(toFailure(reason));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('lesson.saveTitle')}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" icon={format === 'print' ? 'print' : 'save'} isPending={busy} onPress={() => void go()}>
            {t(format === 'print' ? 'plans.output.print' : 'plans.output.save')}
          </Button>
        </>
      }
    >
      <div className="plan-output">
        <Row label={t('plans.output.format')}>
          <Choice
            label={t('plans.output.format')}
            value={format}
            options={formatsOf(api.host).map((each) => ({ value: each, label: t(`plans.output.formats.${each}`) }))}
            onChange={setFormat}
          />
        </Row>
        {format === 'csv' ? null : (
          <Row label={t('plans.output.paper')}>
            <Choice
              label={t('plans.output.paper')}
              value={paper}
              options={PAPERS.map((each) => ({ value: each, label: t(`plans.output.papers.${each}`) }))}
              onChange={setPaper}
            />
          </Row>
        )}
        {problem === undefined ? null : <Problem failure={problem} />}
      </div>
    </Dialog>
  );
}
