import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface PickerProperties<Value extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly icon?: IconName;
  readonly value: Value | null;
  readonly placeholder?: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly note?: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of many, from a list that opens. */
export function Picker<Value extends string>(properties: PickerProperties<Value>) {
  const { label, hideLabel = false, icon, value, placeholder, options, onChange } = properties;
  return (
    <Select
      className="picker"
      value={value}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(hideLabel ? { 'aria-label': label } : {})}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {hideLabel ? null : <Label className="field-label">{label}</Label>}
      <Button className="button button-plain picker-button">
        {icon === undefined ? null : <Icon name={icon} size={18} />}
        <SelectValue className="picker-value" />
        <Icon name="chevron" size={16} />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="options" items={options.map((option) => ({ ...option, id: option.value }))}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="option">
              <span className="option-label">{option.label}</span>
              {option.note === undefined ? null : <span className="option-note">{option.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
