import { Button } from './button.tsx';

/** The last cell of a list of what was done: the way back, or that it was taken. */
export function UndoCell(properties: {
  readonly undone: boolean;
  /** Said once it is undone. */
  readonly said: string;
  readonly label: string;
  /** With what it takes back, for a screen reader. */
  readonly of: string;
  readonly isDisabled?: boolean;
  readonly onUndo: () => void;
}) {
  const { undone, said, label, of, isDisabled = false, onUndo } = properties;
  if (undone) return <span className="note">{said}</span>;
  return (
    <Button kind="quiet" icon="undo" isDisabled={isDisabled} aria-label={of} onPress={onUndo}>
      {label}
    </Button>
  );
}
