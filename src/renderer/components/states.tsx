import type { ReactNode } from 'react';
import type { Failure, RouteName, RouteOutput } from '../../shared/contract/index.ts';
import type { RouteState } from '../data/use-route.ts';
import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Grey lines where content is on its way. */
export function Skeleton({ lines = 6 }: { readonly lines?: number }) {
  const { t } = useWords();
  return (
    <div className="skeleton" role="status" aria-label={t('app.loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="skeleton-line" style={{ inlineSize: `${[62, 90, 78, 84, 55, 70][index % 6]}%` }} />
      ))}
    </div>
  );
}

/** An error of the program or of a file: what happened, and what to do. */
export function Problem({ failure, onRetry }: { readonly failure: Failure; readonly onRetry?: (() => void) | undefined }) {
  const words = useWords();
  return (
    <div className="banner banner-error" role="alert">
      <Icon name="error" />
      <div className="banner-text">
        <strong>{words.t('app.somethingWrong')}</strong>
        <p>{words.failure(failure)}</p>
      </div>
      {onRetry === undefined ? null : <Button onPress={onRetry}>{words.t('app.retry')}</Button>}
    </div>
  );
}

export interface BannerProperties {
  readonly tone: 'warning' | 'information' | 'good';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: (() => void) | undefined;
}

export function Banner({ tone, children, actions, onDismiss }: BannerProperties) {
  const { t } = useWords();
  return (
    <div className={`banner banner-${tone}`}>
      <Icon name={tone === 'warning' ? 'warning' : tone === 'good' ? 'check' : 'information'} />
      <div className="banner-text">{children}</div>
      {actions}
      {onDismiss === undefined ? null : <Button kind="quiet" icon="close" aria-label={t('app.dismiss')} onPress={onDismiss} />}
    </div>
  );
}

export interface LoadedProperties<Name extends RouteName> {
  readonly state: RouteState<Name>;
  readonly skeleton?: ReactNode;
  readonly children: (data: RouteOutput<Name>) => ReactNode;
}

/** Shows an answer once it is there: a skeleton before, the problem with a retry where it failed; old data stay while newer load. */
export function Loaded<Name extends RouteName>({ state, skeleton, children }: LoadedProperties<Name>) {
  return (
    <>
      {state.error === undefined ? null : <Problem failure={state.error} onRetry={state.reload} />}
      {state.data === undefined ? (
        state.error === undefined ? (
          (skeleton ?? <Skeleton />)
        ) : null
      ) : (
        <div className={state.stale ? 'stale' : undefined}>{children(state.data)}</div>
      )}
    </>
  );
}
