import { Input, Label, TextField } from 'react-aria-components';

export interface DayFieldProperties {
  readonly label: string;
  /** Milliseconds since 1970 UTC of the day's beginning here; undefined where none is named. */
  readonly value: number | undefined;
  /** The first day that can be chosen. */
  readonly from: number;
  readonly onChange: (value: number | undefined) => void;
}

const dayText = (at: number): string => {
  const day = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

/** A day, by the system's own field: typed or chosen, and it may stay empty. */
export function DayField({ label, value, from, onChange }: DayFieldProperties) {
  return (
    <TextField
      className="field"
      type="date"
      value={value === undefined ? '' : dayText(value)}
      onChange={(text) => {
        const [year, month, day] = text.split('-').map(Number);
        onChange(text === '' || year === undefined || year < 1000 ? undefined : new Date(year, month! - 1, day).getTime());
      }}
    >
      <Label className="field-label">{label}</Label>
      <Input className="input" min={dayText(from)} max="9999-12-31" />
    </TextField>
  );
}
