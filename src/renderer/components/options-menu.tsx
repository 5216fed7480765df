import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

interface Options<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}

export interface OptionsMenuProperties<Value extends string> extends Options<Value> {
  /** The button that opens it. */
  readonly trigger: ReactNode;
}

function OptionList<Value extends string>({
  label,
  options,
  onChoose,
  onClose,
}: Options<Value> & { readonly onClose?: () => void }) {
  return (
    <Menu
      className="options"
      aria-label={label}
      {...(onClose === undefined ? {} : { onClose, autoFocus: 'first' as const })}
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
  );
}

/** A button that opens a menu of things to do. */
export function OptionsMenu<Value extends string>({ trigger, ...list }: OptionsMenuProperties<Value>) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom end">
        <OptionList {...list} />
      </Popover>
    </MenuTrigger>
  );
}

export interface SharedMenuProperties<Value extends string> extends Options<Value> {
  /** The button that it belongs to while it is open; it says so itself. */
  readonly trigger: HTMLElement;
  readonly onClose: () => void;
}

/** The open menu of one of very many buttons: a menu for each of them takes longer to make than all else on a screen. */
export function SharedMenu<Value extends string>({ trigger, onClose, ...list }: SharedMenuProperties<Value>) {
  const reference = useMemo(() => ({ current: trigger }), [trigger]);
  return (
    <Popover
      className="popover"
      placement="bottom end"
      trigger="MenuTrigger"
      triggerRef={reference}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <OptionList {...list} onClose={onClose} />
    </Popover>
  );
}
