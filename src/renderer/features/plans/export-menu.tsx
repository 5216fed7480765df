import { useState } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Plan } from '../../../shared/domain.ts';
import { Button } from '../../components/button.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../student/reason.ts';
import { exportFormats, usePlanExport } from './use-plan-export.ts';

export interface ExportMenuProperties {
  readonly student: { readonly id: string; readonly name: string };
  readonly names: SkillNames;
  readonly plan?: Plan;
  readonly quiet?: boolean;
  readonly onOutcome?: (outcome: { readonly ok: boolean; readonly text: string }) => void;
}

/** The study plan as a file, in the form that the person chooses. */
export function ExportMenu({ student, names, plan, quiet = false, onOutcome }: ExportMenuProperties) {
  const { api } = useApplication();
  const { t } = useWords();
  const save = usePlanExport();
  const [busy, setBusy] = useState(false);
  return (
    <MenuTrigger>
      <Button
        kind={quiet ? 'quiet' : 'plain'}
        icon="save"
        isPending={busy}
        {...(quiet ? { 'aria-label': t('plans.export.of', { name: student.name }) } : {})}
      >
        {quiet ? null : t('plans.export.label')}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="options"
          aria-label={t('plans.export.label')}
          onAction={(key) => {
            const format = exportFormats(api.host).find((candidate) => candidate === key);
            if (format === undefined) return;
            setBusy(true);
            void save(student, format, names, plan)
              .then((outcome) => {
                if (outcome !== undefined) onOutcome?.(outcome);
              })
              .finally(() => setBusy(false));
          }}
        >
          {exportFormats(api.host).map((format) => (
            <MenuItem key={format} id={format} className="option">
              {t(`plans.export.${format}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
