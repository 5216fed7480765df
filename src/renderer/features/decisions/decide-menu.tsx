import { Button } from '../../components/button.tsx';
import { OptionsMenu } from '../../components/options-menu.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { useDeciding } from './decisions-context.tsx';

const ACTIONS = ['first', 'leave-out', 'known', 'not-known', 'strategy'] as const;

export interface DecideMenuProperties {
  readonly skill: string;
  readonly names: SkillNames;
  /** A skill that is no step has no way of working to choose. */
  readonly onPath: boolean;
  /** Called before the decision: a drawer closes, so that what changed can be seen. */
  readonly onChosen?: () => void;
}

/** What a teacher can decide about one skill; nothing where this is not a student's screen. */
export function DecideMenu({ skill, names, onPath, onChosen }: DecideMenuProperties) {
  const { t } = useWords();
  const deciding = useDeciding();
  if (deciding === undefined) return null;
  const label = t('decisions.menu', { skill: names(skill) });
  return (
    <OptionsMenu
      label={label}
      trigger={
        <Button kind={onChosen === undefined ? 'quiet' : 'plain'} aria-label={label} isDisabled={deciding.busy}>
          {t('decisions.menuShort')}
        </Button>
      }
      options={ACTIONS.filter((action) => onPath || action !== 'strategy').map((value) => ({
        value,
        label: t(`decisions.actions.${value}`),
      }))}
      onChoose={(kind) => {
        onChosen?.();
        deciding.start({ kind, skill });
      }}
    />
  );
}
