import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';
import { Banner } from './states.tsx';

/** What was done just now. */
export interface Done {
  readonly text: string;
  /** The way back, where there is one. */
  readonly undo: (() => Promise<unknown>) | undefined;
}

/** Says what was done, with the focus on the way back; nothing where nothing was. */
export function DoneBanner({ done, onDismiss }: { readonly done: Done | undefined; readonly onDismiss: () => void }) {
  const { t } = useWords();
  if (done === undefined) return null;
  const { text, undo } = done;
  return (
    <Banner
      tone="good"
      actions={
        undo === undefined ? undefined : (
          <Button icon="undo" autoFocus onPress={() => void undo()}>
            {t('app.undo')}
          </Button>
        )
      }
      onDismiss={onDismiss}
    >
      <p>{text}</p>
    </Banner>
  );
}
