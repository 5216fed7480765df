import { Problem, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { suppositionSentence } from './explanation-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

export interface WhatIfProperties {
  readonly studentId: string;
  readonly skill: string;
  readonly names: SkillNames;
  /** Whether the skill is a step now. */
  readonly onPath?: boolean;
}

/** The smallest changes that would make the path another one here; worked out when it is opened. */
export function WhatIf({ studentId, skill, names, onPath = false }: WhatIfProperties) {
  const { t, format } = useWords();
  const { data, error, reload } = useRoute('plans.whatIf', { studentId, skill });
  return (
    <section aria-busy={data === undefined && error === undefined}>
      <h3>{t('whatIf.title')}</h3>
      <div aria-live="polite">
        {error !== undefined ? (
          <Problem failure={error} onRetry={reload} />
        ) : data === undefined ? (
          <>
            <p className="note">{t('whatIf.working')}</p>
            <Skeleton lines={3} />
          </>
        ) : data.suppositions.length === 0 ? (
          <p className="note">{t(onPath ? 'whatIf.none' : 'whatIf.noneOff')}</p>
        ) : (
          <>
            <ul className="what-if">
              {data.suppositions.map((supposition) => (
                <li key={`${supposition.change.kind} ${supposition.change.skill} ${supposition.effect.kind}`}>
                  {suppositionSentence(supposition, names, t, format)}
                </li>
              ))}
            </ul>
            <p className="note">{t('whatIf.note')}</p>
          </>
        )}
      </div>
    </section>
  );
}
