// Does the chain of a day hold? Asked anew each time, and said in words. The question is on record.
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { type Key, useText } from '../../i18n';
import { audit } from '../../i18n/words/audit';
import { numberText } from '../../text/number';
import { dayText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Failed, Loading, Notice } from '../../ui/States';

export function CheckDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const { t } = useText();
  const query = useQuery({
    queryKey: ['audit-check', day],
    queryFn: ({ signal }) => api.call('get', '/api/v1/audit/check', { query: { day }, signal }),
    gcTime: 0,
    staleTime: Infinity,
  });
  const said = query.data;
  return (
    <Dialog title={t('audit.checkOf', { day: dayText(day) })} onClose={onClose}>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {said && (
        <>
          {said.faults.length === 0
            ? <Notice tone="good">{t('audit.checked', { count: numberText(said.records) })}</Notice>
            : <Notice tone="bad" alert><strong>{t('audit.broken')}</strong><ul>{said.faults.map((fault) => <li key={fault}>{fault}</li>)}</ul></Notice>}
          {said.root in audit.root && <Notice tone={said.root === 'differs' ? 'bad' : 'plain'}>{t(`audit.root.${said.root}` as Key)}</Notice>}
        </>
      )}
      <div className="dialog-actions"><Button onClick={onClose}>{t('shell.word.close')}</Button></div>
    </Dialog>
  );
}
