// The address bar. A screen has an address, so that it can be opened again; what is looked at on it has none, so that no
// plate, name or case ends up in a history or a log.
import { useSyncExternalStore } from 'react';

const MOVED = 'chilang:moved';

function subscribe(moved: () => void): () => void {
  window.addEventListener('popstate', moved);
  window.addEventListener(MOVED, moved);
  return () => {
    window.removeEventListener('popstate', moved);
    window.removeEventListener(MOVED, moved);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

export function goTo(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, '', path);
  window.dispatchEvent(new Event(MOVED));
}
