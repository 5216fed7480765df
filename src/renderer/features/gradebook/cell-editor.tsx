import { useLayoutEffect, useRef } from 'react';

/** How an edit of a cell ends: with a text, and which way the cursor goes on; or given up. */
export type EditorEnd =
  { readonly text: string; readonly move: 'down' | 'up' | 'right' | 'left' | 'stay' } | { readonly text: null };

export interface CellEditorProperties {
  readonly label: string;
  readonly text: string;
  readonly replaces: boolean;
  readonly onEnd: (end: EditorEnd) => void;
  /** Called with every change of what stands in the field. */
  readonly onType: (text: string) => void;
}

/** The field in a cell. Enter and Tab take the text and move on, Escape leaves the cell as it was, and so does nothing else. */
export function CellEditor({ label, text, replaces, onEnd, onType }: CellEditorProperties) {
  const field = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.focus({ preventScroll: true });
    if (replaces) element.setSelectionRange(element.value.length, element.value.length);
    else element.select();
  }, [replaces]);
  const end = (how: EditorEnd) => {
    if (ended.current) return;
    ended.current = true;
    onEnd(how);
  };
  return (
    <input
      ref={field}
      className="grid-editor"
      aria-label={label}
      defaultValue={text}
      autoComplete="off"
      spellCheck={false}
      onInput={(event) => onType(event.currentTarget.value)}
      onKeyDown={(event) => {
        // While a word is being composed, Enter belongs to it.
        if (event.nativeEvent.isComposing) return;
        event.stopPropagation();
        const { value } = event.currentTarget;
        const { shiftKey } = event;
        if (event.key === 'Enter') end({ text: value, move: shiftKey ? 'up' : 'down' });
        else if (event.key === 'Tab') end({ text: value, move: shiftKey ? 'left' : 'right' });
        else if (event.key === 'Escape') end({ text: null });
        else if (replaces && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
          end({ text: value, move: event.key === 'ArrowUp' ? 'up' : 'down' });
        else return;
        event.preventDefault();
      }}
      onBlur={(event) => end({ text: event.currentTarget.value, move: 'stay' })}
    />
  );
}
