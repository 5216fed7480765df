import { useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { PathChanges } from '../student/before-after.tsx';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { useDeciding } from './decisions-context.tsx';

/** What was decided just now, what it changed in the path, and the way back. Takes the focus: the step that was decided on may be gone. */
export function DecisionOutcome({ names }: { readonly names: SkillNames }) {
  const { t, format } = useWords();
  const deciding = useDeciding();
  const place = useRef<HTMLDivElement>(null);
  const outcome = deciding?.outcome;
  useEffect(() => {
    if (outcome !== undefined) place.current?.focus({ preventScroll: false });
  }, [outcome]);
  if (deciding === undefined) return null;
  const unready = outcome?.did === 'takenBack' ? [] : (outcome?.result.after.steps[0]?.reason.unready ?? []);
  const put = outcome?.result.after.steps[0]?.reason.kind === 'teacher';
  return (
    <>
      {deciding.error === undefined ? null : <Problem failure={deciding.error} />}
      {outcome === undefined ? null : (
        <div ref={place} tabIndex={-1} className="decision-outcome no-print">
          <Banner
            tone="good"
            actions={
              <Button icon="undo" isPending={deciding.busy} onPress={() => void deciding.undo()}>
                {t('app.undo')}
              </Button>
            }
            onDismiss={deciding.dismiss}
          >
            <strong>{t(`decisions.${outcome.did}`, { what: outcome.what })}</strong>
            {put && unready.length > 0 ? <p>{t('decisions.waits', { list: format.list(unready.map(names)) })}</p> : null}
            <h3>{t('decisions.changed')}</h3>
            <PathChanges before={outcome.result.before.steps} after={outcome.result.after.steps} names={names} changesOnly />
          </Banner>
        </div>
      )}
    </>
  );
}
