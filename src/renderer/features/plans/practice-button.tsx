import { useMemo, useState } from 'react';
import { PLAN_AUDIENCES } from '../../../shared/contract/plans.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import type { PlanAudience } from '../../../shared/contract/plans.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded, Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAttempt } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import type { RouteState } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usualPaper } from './plan-dialog.tsx';
import { sheetLabels } from './plan-words.ts';
import { printPage } from './print-page.ts';

interface Whose {
  readonly student: { readonly id: string; readonly name: string };
}

/** The practice of a student's next steps. What is printed is kept, and bears the number under which it is. */
function NextPractice({ student, onClose }: Whose & { readonly onClose: () => void }) {
  const { api } = useApplication();
  const { t, format } = useWords();
  const [audience, setAudience] = useState<PlanAudience>('student');
  const labels = useMemo(() => sheetLabels(t, format), [t, format]);
  const wanted = { studentId: student.id, audience, paper: usualPaper(), labels };
  const page = useRoute('practice.page', wanted);
  const { attempt, error } = useAttempt();
  async function onPrint() {
    const printed = await attempt(() => api.call('practice.page', { ...wanted, keep: true }));
    if (printed !== undefined) await printPage(printed.html);
  }
  return (
    <PracticeDialog
      title={t('practice.of', { name: student.name })}
      {...{ page, audience, onAudience: setAudience, onPrint, onClose, failure: error }}
    />
  );
}

/** The practice of a plan that was handed out, with its solutions, on any day. */
export function PracticeAgain({ number, onClose }: { readonly number: number; readonly onClose: () => void }) {
  const { t, format } = useWords();
  const [audience, setAudience] = useState<PlanAudience>('teacher');
  const labels = useMemo(() => sheetLabels(t, format), [t, format]);
  const page = useRoute('practice.again', { number, audience, paper: usualPaper(), labels });
  const onPrint = async () => {
    if (page.data !== undefined) await printPage(page.data.html);
  };
  return (
    <PracticeDialog
      title={t('results.solutionsOf', { number })}
      {...{ page, audience, onAudience: setAudience, onPrint, onClose, failure: undefined }}
    />
  );
}

/** The pages as they would be printed, in a frame where no script runs. */
function PracticeDialog(properties: {
  readonly title: string;
  readonly page: RouteState<'practice.page' | 'practice.again'>;
  readonly audience: PlanAudience;
  readonly onAudience: (audience: PlanAudience) => void;
  readonly onPrint: () => Promise<void>;
  readonly failure: Failure | undefined;
  readonly onClose: () => void;
}) {
  const { title, page, audience, onAudience, onPrint, failure, onClose } = properties;
  const { t } = useWords();
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      footer={
        <Button kind="primary" icon="print" isDisabled={page.data === undefined} onPress={() => void onPrint()}>
          {t('practice.print')}
        </Button>
      }
    >
      <div className="practice-preview">
        <Choice
          label={t('practice.whose')}
          value={audience}
          options={PLAN_AUDIENCES.map((each) => ({ value: each, label: t(`practice.pages.${each}`) }))}
          onChange={onAudience}
        />
        {failure === undefined ? null : <Problem failure={failure} />}
        <Loaded state={page}>
          {(data) => <iframe className="practice-frame" title={t(`practice.pages.${audience}`)} sandbox="" srcDoc={data.html} />}
        </Loaded>
      </div>
    </Dialog>
  );
}

/** Shows the practice of a student's next steps; nothing where no step of theirs can be practised so. */
export function PracticeButton({ student, skills }: Whose & { readonly skills: readonly string[] }) {
  const { t } = useWords();
  const covered = useRoute('practice.skills', {});
  const [open, setOpen] = useState(false);
  if (!skills.some((skill) => covered.data?.skills.includes(skill))) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('practice.open')}</Button>
      {open ? <NextPractice student={student} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
