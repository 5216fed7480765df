import type { ReactNode } from 'react';
import { Button as AriaButton, Link, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { ButtonProps } from 'react-aria-components';
import { placeHash } from '../routing/place.ts';
import type { Place } from '../routing/place.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

interface Look {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly children?: ReactNode;
}

export function Button({ kind = 'plain', icon, children, ...properties }: Look & Omit<ButtonProps, 'children' | 'className'>) {
  return (
    <AriaButton {...properties} className={`button button-${kind}`}>
      {icon === undefined ? null : <Icon name={icon} size={18} />}
      {children}
    </AriaButton>
  );
}

export function LinkButton({
  kind = 'plain',
  icon,
  children,
  to,
  label,
}: Look & {
  readonly to: Place;
  /** Where the words alone do not say which one, beginning with them. */
  readonly label?: string;
}) {
  return (
    <Link href={placeHash(to)} className={`button button-${kind}`} {...(label === undefined ? {} : { 'aria-label': label })}>
      {icon === undefined ? null : <Icon name={icon} size={18} />}
      {children}
    </Link>
  );
}

export interface ChoiceProperties<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly title?: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, side by side. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProperties<Value>) {
  return (
    <ToggleButtonGroup
      className="choice"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.value));
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value} className="choice-option">
          <span title={option.title}>{option.label}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
