import { useMemo, useState } from 'react';
import type { StudentView } from '../../../shared/contract/students.ts';
import { Button, Choice, LinkButton } from '../../components/button.tsx';
import { MaterialLink } from '../../components/material-link.tsx';
import { MasteryMark } from '../../components/marks.tsx';
import { Section } from '../../components/page.tsx';
import { layOut } from '../../components/map-layout.ts';
import { PrerequisiteMap } from '../../components/prerequisite-map.tsx';
import { useKeptChoice } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import { DecideMenu } from '../decisions/decide-menu.tsx';
import { DecisionOutcome } from '../decisions/decision-outcome.tsx';
import { pathNeighbourhood } from './path-neighbourhood.ts';
import { gainFactorWords } from '../plans/plan-words.ts';
import { conflictSentences } from './decision-words.ts';
import { reasonLines } from './reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { lessonWords, reviewSentence, scheduleSentence } from './schedule-words.ts';
import { SkillDrawer } from './skill-drawer.tsx';

/** Pixels. */
const NODE_WIDTH = 204;
const VIEWS = ['list', 'map'] as const;

export interface LearningPathProperties {
  readonly student: StudentView;
  readonly names: SkillNames;
}

function PathMap({ student, names, onWhy }: LearningPathProperties & { readonly onWhy: (skill: string) => void }) {
  const { t } = useWords();
  const map = useMemo(() => {
    const skills = pathNeighbourhood(
      student.plan.steps.map(({ skill }) => skill),
      student.prerequisites,
    ).map((id) => ({ id, name: names(id) }));
    return layOut(skills, student.prerequisites, NODE_WIDTH);
  }, [student, names]);
  const numbers = new Map(student.plan.steps.map(({ skill }, index) => [skill, index]));
  const cells = new Map(student.cells.map((cell) => [cell.skill, cell]));
  return (
    <>
      <PrerequisiteMap
        label={t('student.mapLabel')}
        map={map}
        tone={({ id }) => (numbers.has(id) ? 'path' : 'plain')}
        node={({ id, name }) => {
          const number = numbers.get(id);
          const cell = cells.get(id);
          const content = (
            <>
              {number === undefined ? null : <span className="step-number step-number-small">{number + 1}</span>}
              <span className="map-name" title={name}>
                {name}
              </span>
              {cell === undefined ? null : <MasteryMark value={cell.mastery.value} enough={cell.enough} />}
            </>
          );
          return (
            <button
              type="button"
              className="map-box"
              aria-label={
                number === undefined
                  ? t('whyNot.ask', { skill: name })
                  : t('student.whyStep', { number: number + 1, skill: name })
              }
              onClick={() => onWhy(id)}
            >
              {content}
            </button>
          );
        }}
      />
      <p className="note">{t('student.mapLegend')}</p>
    </>
  );
}

function StepReason({ step, names }: { readonly step: StudentView['plan']['steps'][number]; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const { why, around } = reasonLines(step, names, t, format);
  return (
    <>
      <p className="step-reason">{why}</p>
      {around === '' ? null : <p className="note">{around}</p>}
    </>
  );
}

/** The recommended steps in order, each with what it brings and why; or the same steps on the map of skills. */
export function LearningPath({ student, names }: LearningPathProperties) {
  const { t, format } = useWords();
  const [view, setView] = useKeptChoice('path.view', VIEWS, 'list');
  const [why, setWhy] = useState<string>();
  const { steps, schedule } = student.plan;
  const review = reviewSentence(student.plan, names, t, format);
  const conflicts = conflictSentences(student.plan, names, t, format).map((sentence) => (
    <p key={sentence} className="note">
      {sentence}
    </p>
  ));
  if (steps.length === 0) {
    return (
      <Section title={t('student.path')} className="path-section">
        <DecisionOutcome names={names} />
        {conflicts}
        <p className="note">
          {t(
            student.skills.length === 0
              ? 'student.noSkills'
              : student.plan.decisions === undefined
                ? 'student.noPath'
                : 'decisions.emptied',
          )}
        </p>
        {student.skills.length === 0 ? <LinkButton to={{ screen: 'skills' }}>{t('student.toSkills')}</LinkButton> : null}
        {review === undefined ? null : <p className="note">{review}</p>}
      </Section>
    );
  }
  return (
    <Section
      title={t('student.path')}
      className="path-section"
      actions={
        <Choice
          label={t('student.pathView')}
          value={view}
          options={[
            { value: 'list', label: t('student.list') },
            { value: 'map', label: t('student.map') },
          ]}
          onChange={setView}
        />
      }
    >
      <DecisionOutcome names={names} />
      {conflicts}
      {schedule && <p className="note">{scheduleSentence(schedule, names, t, format)}</p>}
      {view === 'map' ? (
        <PathMap student={student} names={names} onWhy={setWhy} />
      ) : (
        <ol className="path">
          {steps.map((step, index) => (
            <li key={`${step.skill} ${step.strategy}`} className="step">
              <span className="step-number" aria-hidden="true">
                {index + 1}
              </span>
              <div className="step-words">
                <h3 className="step-skill">
                  {names(step.skill)}{' '}
                  <span className="step-strategy" title={t(`terms.strategyMeans.${step.strategy}`)}>
                    {t(`terms.strategy.${step.strategy}`)}
                  </span>
                </h3>
                <StepReason step={step} names={names} />
                {schedule && <p className="note">{lessonWords(schedule, index, t, format)}</p>}
                {step.material === undefined ? null : (
                  <ul className="step-material" aria-label={t('material.ofStep')}>
                    {step.material.map((each) => (
                      <li key={each.id}>
                        <MaterialLink material={each} />
                      </li>
                    ))}
                  </ul>
                )}
              </div>
              <div className="step-numbers">
                <span>{format.minutes(step.minutes)}</span>
                <span title={`${t('terms.expectedGainMeans')} ${t('terms.error')}`}>
                  {t('student.gain', { gain: format.gain(step.expectedGain) })}
                </span>
              </div>
              <div className="step-why step-actions no-print">
                <Button
                  kind="quiet"
                  aria-label={t('student.whyStep', { number: index + 1, skill: names(step.skill) })}
                  onPress={() => setWhy(step.skill)}
                >
                  {t('app.why')}
                </Button>
                <DecideMenu skill={step.skill} names={names} onPath />
              </div>
            </li>
          ))}
        </ol>
      )}
      {review === undefined ? null : <p className="note">{review}</p>}
      {student.plan.gainFactor === undefined ? null : (
        <p className="note">{gainFactorWords(student.plan.gainFactor.value, t, format)}</p>
      )}
      {why === undefined ? null : <SkillDrawer student={student} skill={why} names={names} onClose={() => setWhy(undefined)} />}
    </Section>
  );
}
