// Sổ trích xuất: what left the house, by whom, why, and the hash of the file.
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { addWords, useText } from '../../i18n';
import { exports } from '../../i18n/words/exports';
import { numberText } from '../../text/number';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading } from '../../ui/States';

addWords('exports', exports);

export default function ExportsScreen() {
  const { t } = useText();
  const query = useInfiniteQuery({
    queryKey: ['pass exports'],
    queryFn: ({ pageParam, signal }) => api.call('get', '/api/v1/passes/exports', { query: { limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div className="page-head"><h1>{t('exports.title')}</h1></div>
      <p className="hint">{t('exports.hint')}</p>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && <Empty>{t('exports.none')}</Empty>}
      {rows.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('shell.word.time')}</th><th>{t('exports.by')}</th><th>{t('exports.what')}</th><th className="number">{t('exports.rows')}</th><th>{t('shell.word.reason')}</th><th>{t('exports.file')}</th></tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.export_id}>
                  <td>{momentText(row.at.utc)}</td>
                  <td>{row.by}</td>
                  <td>{row.site}<br /><span className="hint">{momentText(row.from.utc)} – {momentText(row.to.utc)}</span></td>
                  <td className="number">{numberText(row.rows)}</td>
                  <td>{row.reason}</td>
                  <td>{row.format.toUpperCase()}<br /><span className="hint" title={row.sha256}>{row.sha256.slice(0, 16)}…</span></td>
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
