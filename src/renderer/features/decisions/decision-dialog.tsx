import { Form, Input, Label, NumberField, TextArea, TextField } from 'react-aria-components';
import type { Decision } from '../../../shared/decisions.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import type { StudentView } from '../../../shared/contract/students.ts';
import { STRATEGIES } from '../../../shared/strategy.ts';
import { Button } from '../../components/button.tsx';
import { DayField } from '../../components/day-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Picker } from '../../components/picker.tsx';
import { Problem } from '../../components/states.tsx';
import { useKept } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import { SkillCombo } from '../questions/skill-combo.tsx';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { isDraftOrNone } from './decision-draft.ts';
import type { DecisionDraft } from './decision-draft.ts';
import type { AskedDecision } from './decision-request.ts';

export interface DecisionDialogProperties {
  readonly request: AskedDecision;
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
  const [kept, setKept] = useKept<DecisionDraft | null>(
    `decision.draft.${student.id} ${request.kind} ${skill}`,
    null,
    isDraftOrNone,
  );
  const draft: DecisionDraft = kept ?? {
    day: request.kind === 'goal' ? (standing?.due ?? null) : null,
    minutes: standing?.minutesAWeek ?? null,
    skills: standing?.skills ?? [],
    strategy: null,
    note: '',
  };
  const { day, minutes, skills, strategy, note } = draft;
  const change = (changes: Partial<DecisionDraft>): void => setKept({ ...draft, ...changes });

  const decision = ((): Decision | undefined => {
    switch (request.kind) {
      case 'leave-out':
        return { kind: 'leave-out', skill, ...(day === null ? {} : { until: day }) };
      case 'strategy':
        return strategy === null ? undefined : { kind: 'strategy', skill, strategy };
      case 'goal':
        return skills.length === 0
          ? undefined
          : {
              kind: 'goal',
              skills,
              ...(day === null ? {} : { due: day }),
              ...(minutes === null ? {} : { minutesAWeek: minutes }),
            };
    }
  })();
  const title =
    request.kind === 'goal'
      ? t('decisions.goalTitle', { name: student.name })
      : request.kind === 'strategy'
        ? t('decisions.strategyTitle', { skill: names(skill) })
        : t('decisions.leaveOutTitle', { skill: names(skill) });

  const close = (): void => {
    setKept(null);
    onClose();
  };
  return (
    <Dialog
      title={title}
      open
      onClose={close}
      footer={
        <>
          <Button onPress={close}>{t('app.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={decision === undefined}
            isPending={busy}
            onPress={() => decision && void onDecide(decision, note).then((made) => made && setKept(null))}
          >
            {t(`decisions.saves.${request.kind}`)}
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
            onChange={(next) => change({ strategy: next })}
          />
        ) : null}
        {request.kind === 'goal' ? (
          <GoalSkills student={student} names={names} skills={skills} onChange={(next) => change({ skills: next })} />
        ) : null}
        {request.kind === 'strategy' ? null : (
          <DayField
            label={t(request.kind === 'goal' ? 'decisions.due' : 'decisions.day')}
            value={day ?? undefined}
            from={tomorrow()}
            onChange={(next) => change({ day: next ?? null })}
          />
        )}
        {request.kind === 'goal' ? (
          <NumberField
            className="field"
            value={minutes ?? NaN}
            onChange={(next) => change({ minutes: Number.isNaN(next) ? null : next })}
            minValue={MINUTES.least}
            maxValue={MINUTES.most}
            step={MINUTES.step}
          >
            <Label className="field-label">{t('decisions.minutes')}</Label>
            <Input className="input" />
          </NumberField>
        ) : null}
        <TextField className="field" value={note} onChange={(next) => change({ note: next })} maxLength={2000}>
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
