import { useCallback } from 'react';
import type { Paper, PlanAudience } from '../../../shared/contract/plans.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { sheetLabels, sheetWords } from './plan-words.ts';
import { printPage } from './print-page.ts';

export const PLAN_FORMATS = ['print', 'pdf', 'html', 'csv'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

/** A browser prints to PDF by its own dialog; only Electron can make the file by itself. */
export const formatsOf = (host: 'electron' | 'browser'): readonly PlanFormat[] =>
  host === 'electron' ? PLAN_FORMATS : PLAN_FORMATS.filter((format) => format !== 'pdf');

export interface PlanOutput {
  readonly format: PlanFormat;
  readonly audience: PlanAudience;
  readonly paper: Paper;
  readonly bundle: 'one' | 'each';
  /** Whether the teacher's notes stand on the teacher's sheet. */
  readonly notes: boolean;
  /** Whether pages of practice follow the plan, or on a teacher's sheet their solutions. */
  readonly practice: boolean;
}

export interface PlanOutcome {
  readonly ok: boolean;
  readonly text: string;
}

export type PlanStudents = readonly { readonly id: string; readonly name: string }[];

/**
 * Prints or saves study plans in the reader's language. Resolves with the sentence that says how it went (undefined where the person closed the
 * system's dialog) and says it aloud as well.
 */
export function usePlanOutput(): (
  students: PlanStudents,
  output: PlanOutput,
  names: SkillNames,
) => Promise<PlanOutcome | undefined> {
  const { api } = useApplication();
  const { t, format, failure } = useWords();
  const announce = useAnnounce();
  return useCallback(
    async (students, output, names) => {
      const report = (ok: boolean, text: string): PlanOutcome => {
        announce(text);
        return { ok, text };
      };
      const failed = (reason: Parameters<typeof failure>[0]) =>
        report(false, t('plans.output.failed', { reason: failure(reason) }));
      try {
        const got = await api.call('plans.list', { studentIds: students.map(({ id }) => id) });
        if (!got.ok) return failed(got.error);
        const { plans, stamp } = got.data;
        const { audience, paper, practice } = output;
        const labels = sheetLabels(t, format);
        const wanted = output.notes && audience === 'teacher' && output.format !== 'csv';
        const notes = wanted ? await Promise.all(plans.map(({ student }) => api.call('notes.list', { studentId: student }))) : [];
        const refused = notes.find((each) => !each.ok);
        if (refused && !refused.ok) return failed(refused.error);
        const sheets = plans.map((plan, index) => {
          const own = notes[index];
          return {
            ...sheetWords(plan, audience, stamp, names, t, format),
            ...(own?.ok ? { notes: own.data.notes.map(({ at, text }) => `${format.date(at)}: ${text}`) } : {}),
          };
        });
        const [only] = students.length === 1 ? students : [];
        if (output.format === 'print') {
          const page = await api.call('plans.page', { audience, paper, practice, labels, sheets });
          if (!page.ok) return failed(page.error);
          await printPage(page.data.html);
          return undefined;
        }
        const file = await api.call('plans.export', {
          format: output.format,
          audience,
          paper,
          bundle: only === undefined ? output.bundle : 'one',
          practice,
          labels,
          sheets,
          name: `${t('plans.sheet.title')} ${only?.name ?? t('terms.students', { count: students.length })}`,
        });
        if (!file.ok) return failed(file.error);
        const { saved } = await api.saveFile(file.data.fileId);
        if (!saved) return undefined;
        return report(
          true,
          only === undefined
            ? t('plans.output.savedAll', { count: students.length })
            : t('plans.output.saved', { name: only.name }),
        );
      } catch (reason) {
        return failed(toFailure(reason));
      }
    },
    [api, t, format, failure, announce],
  );
}
