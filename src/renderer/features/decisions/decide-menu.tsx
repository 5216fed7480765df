import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../student/reason.ts';
import { useDeciding } from './decisions-context.tsx';

const ACTIONS = ['first', 'leave-out', 'known', 'not-known', 'strategy'] as const;
type Action = (typeof ACTIONS)[number];

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
  const actions = ACTIONS.filter((action) => onPath || action !== 'strategy');
  return (
    <MenuTrigger>
      <Button kind={onChosen === undefined ? 'quiet' : 'plain'} aria-label={label} isDisabled={deciding.busy}>
        {t('decisions.menuShort')}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="options"
          aria-label={label}
          onAction={(key) => {
            const action = actions.find((each) => each === key);
            if (action === undefined) return;
            onChosen?.();
            deciding.start({ kind: action, skill });
          }}
        >
          {actions.map((action: Action) => (
            <MenuItem key={action} id={action} className="option">
              {t(`decisions.actions.${action}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
