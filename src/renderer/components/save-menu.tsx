import { Button } from './button.tsx';
import { OptionsMenu } from './options-menu.tsx';

export interface SaveMenuProperties<Kind extends string> {
  readonly label: string;
  readonly busy: boolean;
  readonly kinds: readonly { readonly kind: Kind; readonly label: string }[];
  readonly onChoose: (kind: Kind) => void;
}

/** A button that opens the kinds of file that something can be saved as. */
export function SaveMenu<Kind extends string>({ label, busy, kinds, onChoose }: SaveMenuProperties<Kind>) {
  return (
    <OptionsMenu
      label={label}
      trigger={
        <Button icon="save" isPending={busy}>
          {label}
        </Button>
      }
      options={kinds.map(({ kind, label: words }) => ({ value: kind, label: words }))}
      onChoose={onChoose}
    />
  );
}
