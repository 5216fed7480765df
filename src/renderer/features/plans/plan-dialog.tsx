import { useEffect, useState } from 'react';
import { PAPERS, PLAN_AUDIENCES } from '../../../shared/contract/plans.ts';
import type { School } from '../../../shared/contract/plans.ts';
import { Button, Choice } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { SchoolHead } from './school-head.tsx';
import { formatsOf, usePlanOutput } from './use-plan-output.ts';
import type { PlanOutcome, PlanOutput, PlanStudents } from './use-plan-output.ts';

export interface PlanDialogProperties {
  readonly students: PlanStudents;
  readonly names: SkillNames;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onOutcome?: ((outcome: PlanOutcome) => void) | undefined;
}

/** The sizes that a school's printer takes follow its country. */
export const usualPaper = (): PlanOutput['paper'] => (/^(en-US|en-CA|es-MX|fr-CA)$/i.test(navigator.language) ? 'letter' : 'a4');

/** How one or several study plans are to leave the program: for whom, on what, in which form. */
export function PlanDialog({ students, names, open, onClose, onOutcome }: PlanDialogProperties) {
  const { api } = useApplication();
  const { t, format } = useWords();
  const put = usePlanOutput();
  const [output, setOutput] = useState<PlanOutput>(() => ({
    format: 'print',
    audience: 'student',
    paper: usualPaper(),
    bundle: 'one',
    notes: false,
    practice: false,
  }));
  const [school, setSchool] = useState<School>();
  const practice = useRoute('practice.skills', {});
  const course = useRoute('skills.map', {});
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!open) return;
    void api.call('school.get', {}).then((answer) => {
      if (answer.ok) setSchool(answer.data);
    });
  }, [api, open]);
  const [only] = students.length === 1 ? students : [];
  const change = (part: Partial<PlanOutput>) => setOutput({ ...output, ...part });
  const table = output.format === 'csv';
  const covered = practice.data?.skills.length ?? 0;
  const all = course.data?.skills.length ?? 0;

  async function go() {
    setBusy(true);
    try {
      const outcome = await put(students, table ? { ...output, audience: 'teacher' } : output, names);
      if (outcome !== undefined) onOutcome?.(outcome);
      onClose();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={
        only === undefined ? t('plans.output.titleAll', { count: students.length }) : t('plans.output.title', { name: only.name })
      }
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" icon={output.format === 'print' ? 'print' : 'save'} isPending={busy} onPress={() => void go()}>
            {t(output.format === 'print' ? 'plans.output.print' : 'plans.output.save')}
          </Button>
        </>
      }
    >
      <div className="plan-output">
        <Row label={t('plans.output.format')}>
          <Choice
            label={t('plans.output.format')}
            value={output.format}
            options={formatsOf(api.host).map((format) => ({ value: format, label: t(`plans.output.formats.${format}`) }))}
            onChange={(format) => change({ format })}
          />
        </Row>
        {table ? null : (
          <>
            <Row label={t('plans.output.audience')} note={t(`plans.output.audienceNote.${output.audience}`)}>
              <Choice
                label={t('plans.output.audience')}
                value={output.audience}
                options={PLAN_AUDIENCES.map((audience) => ({ value: audience, label: t(`plans.output.audiences.${audience}`) }))}
                onChange={(audience) => change({ audience })}
              />
            </Row>
            {covered === 0 ? null : (
              <Row
                label={t('plans.output.practice')}
                note={[
                  t(`plans.output.practiceNote.${output.audience}`),
                  ...(all > covered ? [t('plans.output.practiceNote.some', { covered, all })] : []),
                ].join(format.language === 'zh' ? '' : ' ')}
              >
                <Choice
                  label={t('plans.output.practice')}
                  value={output.practice ? 'yes' : 'no'}
                  options={(['no', 'yes'] as const).map((choice) => ({
                    value: choice,
                    label: t(`plans.output.notesChoices.${choice}`),
                  }))}
                  onChange={(choice) => change({ practice: choice === 'yes' })}
                />
              </Row>
            )}
            {output.audience === 'student' ? null : (
              <Row label={t('plans.output.notes')} {...(output.notes ? { note: t('plans.output.notesNote') } : {})}>
                <Choice
                  label={t('plans.output.notes')}
                  value={output.notes ? 'yes' : 'no'}
                  options={(['no', 'yes'] as const).map((choice) => ({
                    value: choice,
                    label: t(`plans.output.notesChoices.${choice}`),
                  }))}
                  onChange={(choice) => change({ notes: choice === 'yes' })}
                />
              </Row>
            )}
            <Row label={t('plans.output.paper')}>
              <Choice
                label={t('plans.output.paper')}
                value={output.paper}
                options={PAPERS.map((paper) => ({ value: paper, label: t(`plans.output.papers.${paper}`) }))}
                onChange={(paper) => change({ paper })}
              />
            </Row>
          </>
        )}
        {only !== undefined || output.format === 'print' ? null : (
          <Row label={t('plans.output.bundle')}>
            <Choice
              label={t('plans.output.bundle')}
              value={output.bundle}
              options={(['one', 'each'] as const).map((bundle) => ({
                value: bundle,
                label: t(`plans.output.bundles.${bundle}`),
              }))}
              onChange={(bundle) => change({ bundle })}
            />
          </Row>
        )}
        {table || school === undefined ? null : <SchoolHead school={school} onChange={setSchool} />}
      </div>
    </Dialog>
  );
}

/** A choice of the dialog with what it is about. */
export function Row({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div className="plan-output-row">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      {children}
      {note === undefined ? null : <p className="note">{note}</p>}
    </div>
  );
}
