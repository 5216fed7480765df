import type { StudentView } from '../../../shared/contract/students.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ForecastLine, Mastery } from '../../components/marks.tsx';
import { Problem, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { DecideMenu } from '../decisions/decide-menu.tsx';
import { whyNotSentence } from './explanation-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { WhatIf } from './what-if.tsx';

export interface WhyNotDrawerProperties {
  readonly student: StudentView;
  readonly skill: string;
  readonly names: SkillNames;
  readonly onClose: () => void;
}

/** Why a skill is not on the path now, in the planner's own terms, and what would bring it there. */
export function WhyNotDrawer({ student, skill, names, onClose }: WhyNotDrawerProperties) {
  const { t, format } = useWords();
  const { data, error, reload } = useRoute('plans.whyNot', { studentId: student.id, skill });
  const enough = student.cells.find((cell) => cell.skill === skill)?.enough ?? false;
  return (
    <Dialog
      title={t('whyNot.title', { skill: names(skill) })}
      open
      shape="drawer"
      onClose={onClose}
      footer={<DecideMenu skill={skill} names={names} onPath={false} onChosen={onClose} />}
    >
      {error !== undefined ? <Problem failure={error} onRetry={reload} /> : null}
      {data === undefined ? (
        error === undefined ? (
          <Skeleton lines={4} />
        ) : null
      ) : (
        <>
          <p className="why-sentence">{whyNotSentence(data, names, t, format)}</p>
          {data.kind === 'on-path' || data.place === undefined ? null : (
            <p>{t('whyNot.turn', { place: format.number(data.place) })}</p>
          )}
          <h3>{t('why.now', { name: student.name })}</h3>
          <dl className="facts">
            <dt>{t('terms.forecast')}</dt>
            <dd>
              <ForecastLine forecast={data.forecast} enough={enough} />
            </dd>
            <dt>{t('terms.mastery')}</dt>
            <dd>
              <Mastery mastery={data.mastery} enough={enough} />
            </dd>
          </dl>
          <h3>{t('why.gain')}</h3>
          <p>{t('student.gain', { gain: format.gain(data.gain) })}</p>
          <p className="note">{t('terms.error')}</p>
        </>
      )}
      <WhatIf studentId={student.id} skill={skill} names={names} />
    </Dialog>
  );
}
