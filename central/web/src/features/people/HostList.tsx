// Người tiếp: who may be called from the desk, with room and number. Whoever is no host any more is ended, never changed.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { HostEntry } from '../../api/types';
import { useText } from '../../i18n';
import { byGivenName, matches } from '../../text/search';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { useSites } from '../../ui/SiteField';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';

type Opened = { is: 'add'; like?: HostEntry } | { is: 'end'; of: HostEntry } | null;

export function HostList({ tabs }: { tabs: ReactNode }) {
  const { t } = useText();
  const [ended, setEnded] = useState(false);
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState<Opened>(null);
  const query = useQuery({ queryKey: ['hosts', ended], queryFn: ({ signal }) => api.call('get', '/api/v1/hosts', { query: { ended }, signal }), staleTime: Infinity });
  const all = query.data?.items ?? [];
  const shown = all.filter((each) => matches(`${each.name} ${each.department} ${each.room ?? ''} ${each.sites.join(' ')}`, typed)).sort((a, b) => byGivenName(a.name, b.name));
  const readAgain = () => void query.refetch();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('people.title')}</h1>
        {tabs}
        <input aria-label={t('people.filter')} placeholder={t('people.filter')} value={typed} onChange={(e) => setTyped(e.target.value)} />
        <fieldset className="segments">
          <legend className="visually-hidden">{t('people.state.label')}</legend>
          {[false, true].map((each) => <button key={String(each)} type="button" aria-pressed={each === ended} onClick={() => setEnded(each)}>{t(each ? 'people.host.ended' : 'people.host.there')}</button>)}
        </fieldset>
        <Button look="main" data-act="add-host" onClick={() => setOpened({ is: 'add' })}>{t('people.host.add')}</Button>
      </div>
      <p className="hint">{t('people.host.hint')}</p>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={readAgain} />}
      {query.isSuccess && all.length === 0 && <Empty>{t(ended ? 'people.host.noneEnded' : 'people.host.none')}</Empty>}
      {all.length > 0 && shown.length === 0 && <Empty>{t('people.nobody')}</Empty>}
      {shown.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('people.column.name')}</th><th>{t('people.host.department')}</th><th>{t('people.host.room')}</th><th>{t('people.host.phone')}</th><th>{t('shell.word.site')}</th><th>{t('people.host.entered')}</th><th /></tr></thead>
            <tbody>
              {shown.map((each) => (
                <tr key={each.host_id} className={each.ended_at ? 'host-ended' : undefined}>
                  <td><strong>{each.name}</strong>{each.ended_at && <><br /><span className="hint">{t('people.host.endedAt', { at: momentText(each.ended_at.utc) })}</span></>}</td>
                  <td>{each.department}</td>
                  <td>{each.room}</td>
                  <td className="host-phone">{each.phone}</td>
                  <td>{each.sites.join(', ')}</td>
                  <td>{each.entered_by}<br /><span className="hint">{momentText(each.entered_at.utc)}</span></td>
                  <td>
                    {!each.ended_at && (
                      <div className="steps">
                        <Button aria-label={`${t('people.host.change')}: ${each.name}`} onClick={() => setOpened({ is: 'add', like: each })}>{t('people.host.change')}</Button>
                        <Button aria-label={`${t('people.host.end')}: ${each.name}`} onClick={() => setOpened({ is: 'end', of: each })}>{t('people.host.end')}</Button>
                      </div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened?.is === 'add' && <AddHost like={opened.like} onClose={() => setOpened(null)} done={readAgain} />}
      {opened?.is === 'end' && <EndHost of={opened.of} onClose={() => setOpened(null)} done={readAgain} />}
    </div>
  );
}

/** A new host; with `like` in place of one that is there, who is ended once the new one stands. */
function AddHost({ like, onClose, done }: { like: HostEntry | undefined; onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const sites = useSites();
  const [form, setForm] = useState({ name: like?.name ?? '', department: like?.department ?? '', room: like?.room ?? '', phone: like?.phone ?? '' });
  const [chosen, setChosen] = useState<readonly string[]>(like?.sites ?? []);
  const put = (part: Partial<typeof form>) => setForm((was) => ({ ...was, ...part }));
  const known = sites.data ?? [];
  const at = known.length === 1 ? known : chosen;
  const sending = useMutation({
    mutationFn: async () => {
      const orNone = (text: string) => text.trim() || null;
      await api.call('post', '/api/v1/hosts', { body: { name: form.name.trim(), department: form.department.trim(), room: orNone(form.room), phone: orNone(form.phone), sites: [...at] } });
      if (like) await api.call('post', '/api/v1/hosts/{id}/end', { path: { id: like.host_id } });
    },
    onSuccess: () => {
      done();
      onClose();
    },
    onError: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  const text = (name: keyof typeof form, label: string, most: number, required = false) => (
    <Field label={label}>{(id) => <input id={id} name={`host-${name}`} required={required} minLength={required ? 2 : undefined} maxLength={most} autoComplete="off" value={form[name]} onChange={(e) => put({ [name]: e.target.value })} />}</Field>
  );
  return (
    <Dialog title={t(like ? 'people.host.change' : 'people.host.add')} onClose={onClose}>
      <form className="form propose" onSubmit={submit}>
        {text('name', t('people.column.name'), 80, true)}
        {text('department', t('people.host.department'), 120, true)}
        <div className="form-row">
          {text('room', t('people.host.room'), 40)}
          {text('phone', t('people.host.phone'), 30)}
        </div>
        {sites.isError && <Failed error={sites.error} retry={() => void sites.refetch()} />}
        {known.length > 1 && (
          <fieldset className="site-choice">
            <legend>{t('people.host.sites')}</legend>
            {known.map((site) => (
              <label key={site} className="check"><input type="checkbox" checked={chosen.includes(site)} onChange={(e) => setChosen(e.target.checked ? [...chosen, site] : chosen.filter((each) => each !== site))} /> {site}</label>
            ))}
          </fieldset>
        )}
        {sending.isError && <Notice tone="bad" alert>{say(sending.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={sending.isPending || at.length === 0}>{t('shell.word.save')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function EndHost({ of, onClose, done }: { of: HostEntry; onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const ending = useMutation({
    mutationFn: () => api.call('post', '/api/v1/hosts/{id}/end', { path: { id: of.host_id } }),
    onSuccess: () => {
      done();
      onClose();
    },
  });
  return (
    <Dialog title={t('people.host.end')} onClose={onClose}>
      <p>{t('people.host.askEnd', { name: of.name })}</p>
      {ending.isError && <Notice tone="bad" alert>{say(ending.error)}</Notice>}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
        <Button look="bad" disabled={ending.isPending} onClick={() => ending.mutate()}>{t('people.host.end')}</Button>
      </div>
    </Dialog>
  );
}
