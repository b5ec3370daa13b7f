// Keys of the screen that is open. By place on the keyboard, not by letter: a Vietnamese input method makes other letters of
// the same keys. Never while somebody types, never with a modifier, never by holding a key down.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Key } from '../i18n';

export interface Hotkey {
  /** `KeyboardEvent.code`. */
  code: string;
  /** What stands on the key. */
  cap: string;
  does: Key;
  run: () => void;
}

let shown: readonly (readonly Hotkey[])[] = [];
const watchers = new Set<() => void>();

function tell(next: typeof shown): void {
  shown = next;
  for (const watcher of watchers) watcher();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Is this a key press that screens may act on? */
export function isPlainPress(event: KeyboardEvent): boolean {
  return !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing && !event.defaultPrevented
    && !isTyping(event.target);
}

/** While a dialog is open its own keys hold, not those of the screen behind it. */
const dialogIsOpen = () => document.querySelector('[role="dialog"],[role="alertdialog"]') !== null;

export function useHotkeys(keys: readonly Hotkey[], inDialog = false): void {
  const latest = useRef(keys);
  useEffect(() => void (latest.current = keys));
  const help = keys.map((key) => `${key.cap} ${key.does}`).join('\n');
  useEffect(() => {
    const mine = latest.current;
    tell([...shown, mine]);
    return () => tell(shown.filter((list) => list !== mine));
  }, [help]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!isPlainPress(event) || event.shiftKey || (!inDialog && dialogIsOpen())) return;
      const key = latest.current.find((k) => k.code === event.code);
      if (!key) return;
      event.preventDefault();
      key.run();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [inDialog]);
}

/** The keys that act at this moment, for the help. */
export function useShownKeys(): readonly Hotkey[] {
  const lists = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    () => shown,
  );
  return lists.flat();
}
