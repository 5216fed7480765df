import { useCallback } from 'react';
import { STRATEGIES } from '../../../shared/domain.ts';
import type { Plan } from '../../../shared/domain.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import { LANGUAGE_TAGS } from '../../i18n/language.ts';
import { useWords } from '../../i18n/use-words.ts';
import { evidenceWords, reasonSentence } from '../student/reason.ts';
import type { SkillNames } from '../student/reason.ts';

export type ExportFormat = 'csv' | 'html' | 'pdf';

/** PDF is printed by Electron; in a browser the page to print does the same. */
export function exportFormats(host: 'electron' | 'browser'): readonly ExportFormat[] {
  return host === 'electron' ? ['csv', 'html', 'pdf'] : ['csv', 'html'];
}

/**
 * Makes a student's study plan as a file in the reader's language and hands it to the person. Resolves with the sentence that says
 * how it went (undefined where the person closed the dialog) and says it aloud as well.
 */
export function usePlanExport(): (
  student: { readonly id: string; readonly name: string },
  format: ExportFormat,
  names: SkillNames,
  plan?: Plan,
) => Promise<{ readonly ok: boolean; readonly text: string } | undefined> {
  const { api } = useApplication();
  const { t, format, failure } = useWords();
  const announce = useAnnounce();
  return useCallback(
    async (student, kind, names, known) => {
      const report = (ok: boolean, text: string) => {
        announce(text);
        return { ok, text };
      };
      try {
        let plan: Plan | undefined = known;
        if (plan === undefined) {
          const answer = await api.call('plans.get', { studentId: student.id });
          if (!answer.ok) return report(false, t('plans.export.failed', { reason: failure(answer.error) }));
          plan = answer.data;
        }
        const file = await api.call('plans.export', {
          studentId: student.id,
          format: kind,
          words: {
            language: LANGUAGE_TAGS[format.language],
            title: t('plans.export.title'),
            student: t('plans.export.student'),
            step: t('plans.export.step'),
            skill: t('plans.export.skill'),
            strategy: t('plans.export.strategy'),
            minutes: t('plans.export.minutes'),
            forecast: t('plans.export.forecast'),
            mastery: t('plans.export.mastery'),
            expectedGain: t('plans.export.expectedGain'),
            reason: t('plans.export.reason'),
            basis: t('plans.export.basis', { what: evidenceWords(plan, t, format) || t('terms.answers', { count: 0 }) }),
            done: t('plans.export.done'),
            strategies: Object.fromEntries(STRATEGIES.map((strategy) => [strategy, t(`terms.strategy.${strategy}`)])) as Record<
              (typeof STRATEGIES)[number],
              string
            >,
            reasons: plan.steps.map((step) => reasonSentence(step, names, t, format)),
          },
        });
        if (!file.ok) return report(false, t('plans.export.failed', { reason: failure(file.error) }));
        const { saved } = await api.saveFile(file.data.fileId);
        return saved ? report(true, t('plans.export.saved', { name: student.name })) : undefined;
      } catch (reason) {
        return report(false, t('plans.export.failed', { reason: failure(toFailure(reason)) }));
      }
    },
    [api, t, format, failure, announce],
  );
}
