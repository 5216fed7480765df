const STORAGE_KEY = 'pathlight.token';

/**
 * Takes the browser host's token from the address, keeps it for this tab and removes it from the address bar (and so from history,
 * bookmarks and screenshots). Returns an empty string where there is none.
 */
export function takeToken(window: Pick<Window, 'location' | 'history' | 'sessionStorage'>): string {
  const { location, history, sessionStorage } = window;
  const parameters = new URLSearchParams(location.search);
  const fromAddress = parameters.get('token');
  if (fromAddress === null) return sessionStorage.getItem(STORAGE_KEY) ?? '';
  sessionStorage.setItem(STORAGE_KEY, fromAddress);
  parameters.delete('token');
  const rest = parameters.toString();
  history.replaceState(history.state, '', `${location.pathname}${rest === '' ? '' : `?${rest}`}${location.hash}`);
  return fromAddress;
}
