import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from './button.tsx';

export interface SaveMenuProperties<Kind extends string> {
  readonly label: string;
  readonly busy: boolean;
  readonly kinds: readonly { readonly kind: Kind; readonly label: string }[];
  readonly onChoose: (kind: Kind) => void;
}

/** A button that opens the kinds of file that something can be saved as. */
export function SaveMenu<Kind extends string>({ label, busy, kinds, onChoose }: SaveMenuProperties<Kind>) {
  return (
    <MenuTrigger>
      <Button icon="save" isPending={busy}>
        {label}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="options"
          aria-label={label}
          onAction={(key) => {
            const chosen = kinds.find(({ kind }) => kind === key);
            if (chosen !== undefined) onChoose(chosen.kind);
          }}
        >
          {kinds.map(({ kind, label: words }) => (
            <MenuItem key={kind} id={kind} className="option">
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
