// Danh sách cần chú ý: entries the desk has to know of, each on a basis and for half a year at most.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { WatchEntry } from '../../api/types';
import { useText } from '../../i18n';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { WatchDialog } from './WatchDialog';

type Step = 'approve' | 'withdraw';
type Opened = { is: 'propose' } | { is: Step; of: WatchEntry } | null;

export function WatchList({ tabs }: { tabs: ReactNode }) {
  const { t } = useText();
  const [opened, setOpened] = useState<Opened>(null);
  const query = useQuery({ queryKey: ['watch'], queryFn: ({ signal }) => api.call('get', '/api/v1/watch', { signal }), staleTime: Infinity });
  const items = query.data?.items ?? [];
  const readAgain = () => void query.refetch();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('people.title')}</h1>
        {tabs}
        <Button look="main" onClick={() => setOpened({ is: 'propose' })}>{t('people.watch.propose')}</Button>
      </div>
      <p className="hint">{t('people.watch.hint')}</p>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={readAgain} />}
      {query.isSuccess && items.length === 0 && <Empty>{t('people.watch.none')}</Empty>}
      {items.length > 0 && (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr><th>{t('people.watch.label')}</th><th>{t('people.watch.basis')}</th><th>{t('shell.word.gate')}</th><th>{t('people.watch.expires')}</th><th>{t('people.state.label')}</th><th /></tr>
            </thead>
            <tbody>
              {items.map((each) => (
                <tr key={each.id}>
                  <td><strong>{each.label ?? t('people.deleted')}</strong></td>
                  <td>{each.basis}</td>
                  <td>{each.gates.map((gate) => <div key={gate}>{gate}</div>)}</td>
                  <td>{momentText(each.expires_at.utc)}</td>
                  <td>{t(each.state === 'approved' ? 'people.watch.approved' : 'people.watch.proposed')}</td>
                  <td>
                    <div className="steps">
                      {each.may_approve && <Button onClick={() => setOpened({ is: 'approve', of: each })}>{t('people.act.approve')}</Button>}
                      {each.state === 'proposed' && !each.may_approve && <span className="hint">{t('people.act.secondNeeded')}</span>}
                      <Button onClick={() => setOpened({ is: 'withdraw', of: each })}>{t('people.watch.withdraw')}</Button>
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened?.is === 'propose' && <WatchDialog onClose={() => setOpened(null)} done={readAgain} />}
      {opened !== null && opened.is !== 'propose' && <WatchStep step={opened.is} of={opened.of} onClose={() => setOpened(null)} done={readAgain} />}
    </div>
  );
}

function WatchStep({ step, of, onClose, done }: { step: Step; of: WatchEntry; onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const label = of.label ?? t('people.deleted');
  const taking = useMutation({
    mutationFn: () => {
      const path = { id: of.id };
      return step === 'approve' ? api.call('post', '/api/v1/watch/{id}/approve', { path }) : api.call('post', '/api/v1/watch/{id}/withdraw', { path });
    },
    onSuccess: done,
  });
  const name = t(step === 'approve' ? 'people.act.approve' : 'people.watch.withdraw');
  return (
    <Dialog title={name} onClose={onClose}>
      {!taking.isSuccess && <p>{t(step === 'approve' ? 'people.watch.askApprove' : 'people.watch.askWithdraw', { label })}</p>}
      {taking.isError && <Notice tone="bad" alert>{say(taking.error)}</Notice>}
      {taking.data && <Notice tone="good">{t('people.done', { count: taking.data.galleries.length })}</Notice>}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t(taking.isSuccess ? 'shell.word.close' : 'shell.word.cancel')}</Button>
        {!taking.isSuccess && <Button look={step === 'withdraw' ? 'bad' : 'main'} disabled={taking.isPending} onClick={() => taking.mutate()}>{name}</Button>}
      </div>
    </Dialog>
  );
}
