import type { PlanStep } from '../../../shared/domain.ts';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ForecastLine, Mastery } from '../../components/marks.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { DecideMenu } from '../decisions/decide-menu.tsx';
import { AnswerResult } from './answer-list.tsx';
import { WhatIf } from './what-if.tsx';
import { reasonLines } from './reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

export interface WhyDrawerProperties {
  readonly student: StudentView;
  readonly step: PlanStep;
  readonly names: SkillNames;
  readonly onClose: () => void;
}

/** Why a step is on the path: the answers that carry it, what it builds on, what it leads to, what it should bring. */
export function WhyDrawer({ student, step, names, onClose }: WhyDrawerProperties) {
  const { t, format } = useWords();
  const skill = names(step.skill);
  const answers = student.answers.filter(({ skills }) => skills.includes(step.skill));
  const cell = student.cells.find((candidate) => candidate.skill === step.skill);
  return (
    <Dialog
      title={t('why.title', { skill })}
      open
      shape="drawer"
      onClose={onClose}
      footer={<DecideMenu skill={step.skill} names={names} onPath onChosen={onClose} />}
    >
      <p className="why-sentence">{reasonLines(step, names, t, format).why}</p>

      <h3>{t('why.now', { name: student.name })}</h3>
      <dl className="facts">
        <dt>{t('terms.forecast')}</dt>
        <dd>
          <ForecastLine forecast={step.forecast} enough={cell?.enough ?? false} />
        </dd>
        <dt>{t('terms.mastery')}</dt>
        <dd>
          <Mastery mastery={step.mastery} enough={cell?.enough ?? false} />
        </dd>
      </dl>

      <h3>{t('why.answers')}</h3>
      {answers.length === 0 ? (
        <p className="note">{t('why.noAnswers')}</p>
      ) : (
        <>
          <ul className="why-answers">
            {answers.map((answer) => (
              <li key={answer.order}>
                <AnswerResult correct={answer.correct} />
                <span className="why-question">{answer.question}</span>
                <span className="note">{answer.timestamp === null ? '' : format.day(answer.timestamp, Date.now())}</span>
              </li>
            ))}
          </ul>
          <p className="note">{t('why.answersNote')}</p>
        </>
      )}

      <h3>{t('why.prerequisites')}</h3>
      {step.reason.prerequisites.length === 0 ? (
        <p className="note">{t('why.noPrerequisites')}</p>
      ) : (
        <dl className="facts">
          {step.reason.prerequisites.map((prerequisite) => (
            <div key={prerequisite.skill} className="fact">
              <dt>{names(prerequisite.skill)}</dt>
              <dd>
                <ForecastLine forecast={prerequisite.forecast} />
              </dd>
            </div>
          ))}
        </dl>
      )}

      <h3>{t('why.unlocks')}</h3>
      <p className={step.reason.unlocks.length === 0 ? 'note' : undefined}>
        {step.reason.unlocks.length === 0 ? t('why.noUnlocks') : format.list(step.reason.unlocks.map(names))}
      </p>

      {step.ground === undefined ? null : (
        <>
          <h3>{t('why.how')}</h3>
          <p>
            {t('why.howText', {
              strategy: t(`terms.strategy.${step.strategy}`),
              ground: t(`reason.ground.${step.ground}`),
            })}
          </p>
        </>
      )}

      <h3>{t('why.gain')}</h3>
      <p>{t('why.gainText', { gain: format.gain(step.expectedGain), minutes: format.minutes(step.minutes) })}</p>
      {step.gainFrom === undefined ? null : <p className="note">{t(`why.gainFrom.${step.gainFrom}`)}</p>}
      {student.plan.targets.length === 0 || student.plan.targets.length > 12 ? null : (
        <p className="note">{t('why.targets', { list: format.list(student.plan.targets.map(names)) })}</p>
      )}
      <p className="note">{t('terms.error')}</p>

      <WhatIf studentId={student.id} skill={step.skill} names={names} onPath />
    </Dialog>
  );
}
