import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useWords } from '../../i18n/use-words.ts';

function Crashed({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useWords();
  return (
    <div className="page">
      <div className="banner banner-error" role="alert">
        <Icon name="error" />
        <div className="banner-text">
          <p>{t('app.crashed')}</p>
        </div>
        <Button onPress={onRetry}>{t('app.retry')}</Button>
      </div>
    </div>
  );
}

interface State {
  readonly failed: boolean;
}

/** Keeps an error in one screen from taking the whole window with it. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Crashed onRetry={() => this.setState({ failed: false })} /> : this.props.children;
  }
}
