import { useMemo, useState } from 'react';
import { PLAN_AUDIENCES } from '../../../shared/contract/plans.ts';
import type { PlanAudience } from '../../../shared/contract/plans.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { usualPaper } from './plan-dialog.tsx';
import { sheetLabels } from './plan-words.ts';
import { printPage } from './print-page.ts';

interface Whose {
  readonly student: { readonly id: string; readonly name: string };
}

/** The pages as they would be printed, in a frame where no script runs. */
function PracticeDialog({ student, onClose }: Whose & { readonly onClose: () => void }) {
  const { t, format } = useWords();
  const [audience, setAudience] = useState<PlanAudience>('student');
  const labels = useMemo(() => sheetLabels(t, format), [t, format]);
  const page = useRoute('practice.page', { studentId: student.id, audience, paper: usualPaper(), labels });
  const html = page.data?.html;
  return (
    <Dialog
      title={t('practice.of', { name: student.name })}
      open
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          icon="print"
          isDisabled={html === undefined}
          onPress={() => {
            if (html !== undefined) void printPage(html);
          }}
        >
          {t('practice.print')}
        </Button>
      }
    >
      <div className="practice-preview">
        <Choice
          label={t('practice.whose')}
          value={audience}
          options={PLAN_AUDIENCES.map((each) => ({ value: each, label: t(`practice.pages.${each}`) }))}
          onChange={setAudience}
        />
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
      {open ? <PracticeDialog student={student} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
