import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export interface OptionsMenuProperties<Value extends string> {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}

/** A button that opens a menu of things to do. */
export function OptionsMenu<Value extends string>({ label, trigger, options, onChoose }: OptionsMenuProperties<Value>) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom end">
        <Menu
          className="options"
          aria-label={label}
          onAction={(key) => {
            const chosen = options.find(({ value }) => value === key);
            if (chosen !== undefined) onChoose(chosen.value);
          }}
        >
          {options.map(({ value, label: words }) => (
            <MenuItem key={value} id={value} className="option">
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
