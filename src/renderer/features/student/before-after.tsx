import type { AnswersResult } from '../../../shared/contract/students.ts';
import { ForecastLine } from '../../components/marks.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { pathChanges, skillChanges } from './plan-changes.ts';
import type { StepChange } from './plan-changes.ts';
import { skillNames } from '../../../shared/skill-names.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

const SHOWN_SKILLS = 8;

function StepNote({ change }: { readonly change: StepChange }) {
  const { t } = useWords();
  const place = change.before ?? 0;
  switch (change.kind) {
    case 'stays':
      return <span className="note">{t('add.stepStays')}</span>;
    case 'new':
      return <span className="change change-new">{t('add.stepNew')}</span>;
    case 'gone':
      return <span className="change">{t('add.stepGone')}</span>;
    case 'up':
      return <span className="change">↑ {t('add.stepUp', { place })}</span>;
    case 'down':
      return <span className="change">↓ {t('add.stepDown', { place })}</span>;
  }
}

/** The path before and after, step by step. */
export function PathChanges({
  before,
  after,
  names,
  changesOnly = false,
}: {
  readonly before: readonly { readonly skill: string }[];
  readonly after: readonly { readonly skill: string }[];
  readonly names: SkillNames;
  /** Leaves out what stays where it was. */
  readonly changesOnly?: boolean;
}) {
  const { t } = useWords();
  const steps = pathChanges(before, after);
  if (steps.every(({ kind }) => kind === 'stays')) return <p className="note">{t('add.pathSame')}</p>;
  return (
    <ol className="path-changes">
      {(changesOnly ? steps.filter(({ kind }) => kind !== 'stays') : steps).map((change) => (
        <li key={change.skill} className={`path-change path-change-${change.kind}`}>
          <span className="step-number step-number-small" aria-hidden="true">
            {change.place ?? '–'}
          </span>
          <span>{names(change.skill)}</span>
          <StepNote change={change} />
        </li>
      ))}
    </ol>
  );
}

/** What new answers changed: the level, the forecasts that moved, and the path. */
export function BeforeAfter({ result }: { readonly result: AnswersResult }) {
  const { t, format } = useWords();
  const { before, after } = result;
  const names = skillNames(after.skills);
  const skills = skillChanges(before.cells, after.cells);
  return (
    <div className="before-after">
      <h3>{t('add.level')}</h3>
      <div className="change-row">
        <ForecastLine forecast={after.level} before={before.level} showNumber={false} />
        <span>{t('add.beforeAfter', { before: format.estimate(before.level), after: format.estimate(after.level) })}</span>
      </div>
      <h3>{t('add.skillsChanged')}</h3>
      {skills.length === 0 ? (
        <p className="note">{t('add.nothingChanged')}</p>
      ) : (
        <ul className="change-list">
          {skills.slice(0, SHOWN_SKILLS).map((change) => (
            <li key={change.skill} className="change-row">
              <span className="change-skill">{names(change.skill)}</span>
              <ForecastLine forecast={change.after} before={change.before} enough={change.enough} showNumber={false} />
              <span className="change-numbers">
                {format.percent(change.before.value)} → {format.estimate(change.after)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {skills.length > SHOWN_SKILLS ? (
        <p className="note">{t('add.moreSkills', { count: skills.length - SHOWN_SKILLS })}</p>
      ) : null}
      <h3>{t('add.pathChanged')}</h3>
      <PathChanges before={before.plan.steps} after={after.plan.steps} names={names} />
    </div>
  );
}
