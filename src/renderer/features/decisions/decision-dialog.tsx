import { useState } from 'react';
import { Form, Input, Label, NumberField, TextArea, TextField } from 'react-aria-components';
import type { Decision } from '../../../shared/decisions.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import type { StudentView } from '../../../shared/contract/students.ts';
import { STRATEGIES } from '../../../shared/strategy.ts';
import type { Strategy } from '../../../shared/strategy.ts';
import { Button } from '../../components/button.tsx';
import { DayField } from '../../components/day-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Picker } from '../../components/picker.tsx';
import { Problem } from '../../components/states.tsx';
import { useKeptText } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import { SkillCombo } from '../questions/skill-combo.tsx';
import type { SkillNames } from '../student/reason.ts';
import type { DecisionRequest } from './decision-request.ts';

export interface DecisionDialogProperties {
  readonly request: DecisionRequest;
  readonly student: StudentView;
  readonly names: SkillNames;
  readonly busy: boolean;
  readonly error: Failure | undefined;
  /** Resolves with whether it was decided. */
  readonly onDecide: (decision: Decision, note: string) => Promise<boolean>;
  readonly onClose: () => void;
}

const MINUTES = { least: 5, most: 3000, step: 5 } as const;

const tomorrow = (): number => {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
};

/** What a decision needs beside the choice itself: a day, a strategy, or what a goal is; and a note where one is wanted. */
export function DecisionDialog({ request, student, names, busy, error, onDecide, onClose }: DecisionDialogProperties) {
  const { t } = useWords();
  const standing = student.plan.decisions?.flatMap(({ decision }) => (decision.kind === 'goal' ? decision : []))[0];
  const skill = request.kind === 'goal' ? '' : request.skill;
  const now = student.plan.steps.find((step) => step.skill === skill)?.strategy;
  const [note, setNote] = useKeptText(`decision.${student.id} ${request.kind} ${skill}`);
  const [day, setDay] = useState(request.kind === 'goal' ? standing?.due : undefined);
  const [minutes, setMinutes] = useState(standing?.minutesAWeek);
  const [skills, setSkills] = useState<readonly string[]>(standing?.skills ?? []);
  const [strategy, setStrategy] = useState<Strategy | null>(null);

  const decision = ((): Decision | undefined => {
    switch (request.kind) {
      case 'leave-out':
        return { kind: 'leave-out', skill, ...(day === undefined ? {} : { until: day }) };
      case 'strategy':
        return strategy === null ? undefined : { kind: 'strategy', skill, strategy };
      case 'goal':
        return skills.length === 0
          ? undefined
          : {
              kind: 'goal',
              skills,
              ...(day === undefined ? {} : { due: day }),
              ...(minutes === undefined || Number.isNaN(minutes) ? {} : { minutesAWeek: minutes }),
            };
      default:
        return { kind: request.kind, skill };
    }
  })();
  const title =
    request.kind === 'goal'
      ? t('decisions.goalTitle', { name: student.name })
      : request.kind === 'strategy'
        ? t('decisions.strategyTitle', { skill: names(skill) })
        : t('decisions.leaveOutTitle', { skill: names(skill) });

  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={decision === undefined}
            isPending={busy}
            onPress={() => decision && void onDecide(decision, note).then((made) => made && setNote(''))}
          >
            {t('decisions.save')}
          </Button>
        </>
      }
    >
      <Form className="decision-form" onSubmit={(event) => event.preventDefault()}>
        {error === undefined ? null : <Problem failure={error} />}
        {request.kind === 'strategy' ? (
          <Picker
            label={t('plans.sheet.strategy')}
            value={strategy}
            placeholder={now === undefined ? '' : t(`terms.strategy.${now}`)}
            options={STRATEGIES.filter((each) => each !== now).map((each) => ({
              value: each,
              label: t(`terms.strategy.${each}`),
              note: t(`terms.strategyMeans.${each}`),
            }))}
            onChange={setStrategy}
          />
        ) : null}
        {request.kind === 'goal' ? <GoalSkills student={student} names={names} skills={skills} onChange={setSkills} /> : null}
        {request.kind === 'strategy' ? null : (
          <DayField
            label={t(request.kind === 'goal' ? 'decisions.due' : 'decisions.day')}
            value={day}
            from={tomorrow()}
            onChange={setDay}
          />
        )}
        {request.kind === 'goal' ? (
          <NumberField
            className="field"
            value={minutes ?? NaN}
            onChange={setMinutes}
            minValue={MINUTES.least}
            maxValue={MINUTES.most}
            step={MINUTES.step}
          >
            <Label className="field-label">{t('decisions.minutes')}</Label>
            <Input className="input" />
          </NumberField>
        ) : null}
        <TextField className="field" value={note} onChange={setNote} maxLength={2000}>
          <Label className="field-label">{t('decisions.ownNote')}</Label>
          <TextArea className="input" rows={2} />
        </TextField>
      </Form>
    </Dialog>
  );
}

function GoalSkills({
  student,
  names,
  skills,
  onChange,
}: {
  readonly student: StudentView;
  readonly names: SkillNames;
  readonly skills: readonly string[];
  readonly onChange: (skills: readonly string[]) => void;
}) {
  const { t } = useWords();
  return (
    <section aria-label={t('decisions.goalSkills')}>
      <h3>{t('decisions.goalSkills')}</h3>
      {skills.length === 0 ? (
        <p className="note">{t('decisions.goalNone')}</p>
      ) : (
        <ul className="skill-links">
          {skills.map((skill) => (
            <li key={skill}>
              <span>{names(skill)}</span>
              <Button
                kind="quiet"
                icon="close"
                aria-label={t('decisions.goalRemove', { skill: names(skill) })}
                onPress={() => onChange(skills.filter((each) => each !== skill))}
              />
            </li>
          ))}
        </ul>
      )}
      <SkillCombo
        label={t('decisions.goalAdd')}
        skills={student.skills.filter(({ id }) => !skills.includes(id))}
        onChoose={({ id }) => onChange([...skills, id])}
      />
    </section>
  );
}
