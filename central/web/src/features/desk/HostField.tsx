// Whom a visitor comes to: typed and chosen out of the registrar's list by arrow keys, or left as it was typed.
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { api } from '../../api/client';
import type { Host } from '../../api/types';
import { useText } from '../../i18n';
import { Field } from '../../ui/Field';
import { useErrorText } from '../../ui/errorText';

/** Whoever types does not ask by the letter: each question is on record. */
const PAUSE_MS = 250;

export interface Chosen { host: Host | null; text: string }

export function HostField({ site, chosen, choose }: { site: string; chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const { t } = useText();
  const say = useErrorText();
  const list = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    if (!open || chosen.host) return;
    const waiting = setTimeout(() => setAsked(chosen.text.trim()), PAUSE_MS);
    return () => clearTimeout(waiting);
  }, [open, chosen]);
  const query = useQuery({
    queryKey: ['hosts', site, asked],
    queryFn: ({ signal }) => api.call('post', '/api/v1/hosts/search', { body: { site, text: asked ?? '' }, signal }),
    enabled: open && asked !== null && asked !== '',
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const found = asked === '' ? [] : query.data?.items ?? [];
  const shown = open && chosen.host === null;
  const marked = found[Math.min(at, found.length - 1)];
  const take = (host: Host) => {
    choose({ host, text: host.name });
    setOpen(false);
  };
  const pressed = (event: KeyboardEvent) => {
    if (!shown) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setAt(Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    else if (event.key === 'Enter' && marked && chosen.text.trim() !== '') take(marked);
    else if (event.key === 'Escape' && found.length > 0) setOpen(false);
    else return;
    // Enter chooses here; the next one sends.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Field label={t('visits.field.host')} hint={t('visits.field.hostHint')}>
      {(id) => (
        <span className="host-field">
          <input id={id} name="host" role="combobox" aria-expanded={shown && found.length > 0} aria-controls={list} aria-autocomplete="list" aria-activedescendant={shown && marked ? `${list}-${marked.host_id}` : undefined}
            autoComplete="off" maxLength={80} value={chosen.text} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} onKeyDown={pressed}
            onChange={(e) => {
              choose({ host: null, text: e.target.value });
              setOpen(true);
              setAt(0);
            }} />
          <span id={list} role="listbox" aria-label={t('visits.host.found')} className={shown && found.length > 0 ? 'host-list' : 'visually-hidden'}>
            {shown && found.map((host) => (
              // By pointer down: a click would come after the field lost the focus and the list with it.
              <span key={host.host_id} id={`${list}-${host.host_id}`} role="option" aria-selected={host === marked} className={host === marked ? 'host-option host-marked' : 'host-option'}
                onPointerDown={(e) => { e.preventDefault(); take(host); }}>
                <strong>{host.name}</strong> <span className="hint">{[host.department, host.room, host.phone].filter(Boolean).join(' · ')}</span>
              </span>
            ))}
          </span>
          {shown && query.isError && <span className="fault" role="alert">{say(query.error)}</span>}
          {shown && query.isSuccess && found.length === 0 && chosen.text.trim() !== '' && <span className="hint" role="status">{t('visits.host.notFound')}</span>}
        </span>
      )}
    </Field>
  );
}
