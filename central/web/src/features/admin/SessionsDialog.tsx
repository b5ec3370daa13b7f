// What an account has open, and the end of it. Looking is on record.
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { User } from '../../api/types';
import { useText } from '../../i18n';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';

export function SessionsDialog({ of, onClose }: { of: User; onClose: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const query = useQuery({
    queryKey: ['sessions', of.id],
    queryFn: ({ signal }) => api.call('get', '/api/v1/users/{id}/sessions', { path: { id: of.id }, signal }),
    gcTime: 0,
    staleTime: Infinity,
  });
  const ending = useMutation({
    mutationFn: (session: string | null) => api.call('post', '/api/v1/users/{id}/sessions/end', { path: { id: of.id }, body: { session } }),
    onSuccess: () => void query.refetch(),
  });
  const open = query.data?.items ?? [];
  return (
    <Dialog title={t('admin.sessions.title', { name: of.name })} onClose={onClose}>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && open.length === 0 && <Empty>{t('admin.sessions.none')}</Empty>}
      {open.length > 0 && (
        <table className="table">
          <thead><tr><th>{t('admin.sessions.began')}</th><th>{t('admin.users.seen')}</th><th /></tr></thead>
          <tbody>
            {open.map((session) => (
              <tr key={session.id}>
                <td>{momentText(session.began_at.utc)}</td>
                <td>{momentText(session.last_seen_at.utc)}{session.this && <><br /><span className="hint">{t('admin.sessions.this')}</span></>}</td>
                <td><div className="user-acts"><Button disabled={ending.isPending} onClick={() => ending.mutate(session.id)}>{t('admin.act.end')}</Button></div></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ending.isError && <Notice tone="bad" alert>{say(ending.error)}</Notice>}
      <div className="dialog-actions">
        {open.length > 1 && <Button look="bad" disabled={ending.isPending} onClick={() => ending.mutate(null)}>{t('admin.act.endAll')}</Button>}
        <Button onClick={onClose}>{t('shell.word.close')}</Button>
      </div>
    </Dialog>
  );
}
