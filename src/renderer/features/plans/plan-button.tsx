import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { PlanDialog } from './plan-dialog.tsx';
import type { PlanOutcome, PlanStudents } from './use-plan-output.ts';

export interface PlanButtonProperties {
  readonly students: PlanStudents;
  readonly names: SkillNames;
  readonly place: 'class' | 'student' | 'table';
  readonly onOutcome?: (outcome: PlanOutcome) => void;
}

/** Opens what prints or saves the study plans of these students. */
export function PlanButton({ students, names, place, onOutcome }: PlanButtonProperties) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [first] = students;
  return (
    <>
      <Button
        kind={place === 'table' ? 'quiet' : 'primary'}
        icon="print"
        onPress={() => setOpen(true)}
        {...(place === 'table' && first ? { 'aria-label': t('plans.output.title', { name: first.name }) } : {})}
      >
        {place === 'table' ? null : place === 'class' ? t('plans.output.all', { count: students.length }) : t('plans.output.one')}
      </Button>
      {open ? <PlanDialog students={students} names={names} open onClose={() => setOpen(false)} onOutcome={onOutcome} /> : null}
    </>
  );
}
