// Nhật ký truy cập: one day, as it was written, and whether its chain holds. Reading it is on record as well.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { addWords, type Key, useText } from '../../i18n';
import { audit } from '../../i18n/words/audit';
import { words } from '../../i18n/words';
import { matches } from '../../text/search';
import { clockText, dayOf, momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { DayField } from '../../ui/DayField';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { CheckDialog } from './CheckDialog';
import { shownOf } from './record';

addWords('audit', audit);

export default function AuditScreen() {
  const { t } = useText();
  const today = dayOf(api.now());
  const [day, setDay] = useState(today);
  const [typed, setTyped] = useState('');
  const [checking, setChecking] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['audit', day],
    queryFn: ({ pageParam, signal }) => api.call('get', '/api/v1/audit', { query: { day, cursor: pageParam, limit: 200 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
    staleTime: Infinity,
  });
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const faults = query.data?.pages[0]?.chain_faults ?? [];
  const rows = all.map((each) => ({ ...each, shown: shownOf(each.record) }))
    .filter(({ shown }) => matches(Object.values(shown).filter((value) => typeof value === 'string').join(' '), typed));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('audit.title')}</h1>
        <input aria-label={t('audit.filter')} placeholder={t('audit.filter')} value={typed} onChange={(e) => setTyped(e.target.value)} />
        <DayField day={day} last={today} choose={setDay} />
        <Button onClick={() => setChecking(true)}>{t('audit.check')}</Button>
      </div>
      {checking && <CheckDialog day={day} onClose={() => setChecking(false)} />}
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && faults.length === 0 && all.length > 0 && <Notice tone="good">{t('audit.holds')}</Notice>}
      {faults.length > 0 && <Notice tone="bad" alert><strong>{t('audit.broken')}</strong> {faults.join('; ')}</Notice>}
      {query.isSuccess && all.length === 0 && <Empty>{t('audit.none')}</Empty>}
      {all.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr><th className="number">{t('audit.seq')}</th><th>{t('shell.word.time')}</th><th>{t('audit.who')}</th><th>{t('audit.action')}</th><th>{t('audit.object')}</th><th>{t('audit.detail')}</th></tr>
            </thead>
            <tbody>
              {rows.map(({ seq, at, shown }) => (
                <tr key={seq}>
                  <td className="number">{seq}</td>
                  <td>{clockText(at.utc)}</td>
                  <td>{shown.who ?? t('audit.itself')}<br /><span className="hint">{shown.role !== null && shown.role in words.shell.role ? t(`shell.role.${shown.role}` as Key) : shown.role}</span></td>
                  <td>{shown.action}</td>
                  <td>{shown.site} {shown.window && <span className="hint">{momentText(shown.window.from)} – {momentText(shown.window.to)}</span>} {shown.object}</td>
                  <td>{shown.detail}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
    </div>
  );
}
