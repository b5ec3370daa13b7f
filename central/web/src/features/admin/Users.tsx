// The accounts of the chosen body, and what may be done to each. The service holds who may; the screen only says it.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { User } from '../../api/types';
import { useText } from '../../i18n';
import { matches } from '../../text/search';
import { momentText } from '../../text/time';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading } from '../../ui/States';
import { AddDialog, RolesDialog } from './RolesDialog';
import { SessionsDialog } from './SessionsDialog';
import { type Step, StepDialog } from './StepDialog';

type Opened = { is: 'add' } | { is: 'roles' | 'sessions'; of: User } | { is: 'step'; step: Step; of: User } | null;

export function Users() {
  const { t } = useText();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState<Opened>(null);
  const query = useInfiniteQuery({
    queryKey: ['users'],
    queryFn: ({ pageParam, signal }) => api.call('get', '/api/v1/users', { query: { after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = all.filter((each) => matches(each.name, typed));
  const done = () => void queries.invalidateQueries({ queryKey: ['users'] });
  const close = () => setOpened(null);
  return (
    <>
      <div className="form-row">
        <Button look="main" onClick={() => setOpened({ is: 'add' })}>{t('admin.users.add')}</Button>
        <input aria-label={t('admin.users.filter')} placeholder={t('admin.users.filter')} value={typed} onChange={(e) => setTyped(e.target.value)} />
      </div>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && <Empty>{t('admin.users.none')}</Empty>}
      {all.length > 0 && shown.length === 0 && <Empty>{t('admin.users.nobody')}</Empty>}
      {shown.length > 0 && (
        <div className="sheet">
          <table className="table users">
            <thead>
              <tr><th>{t('admin.users.name')}</th><th>{t('admin.users.roles')}</th><th>{t('admin.users.state')}</th><th>{t('admin.users.seen')}</th><th /></tr>
            </thead>
            <tbody>{shown.map((each) => <Row key={each.id} of={each} open={setOpened} />)}</tbody>
          </table>
        </div>
      )}
      {query.hasNextPage && <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button>}
      {opened?.is === 'add' && <AddDialog onClose={close} done={done} />}
      {opened?.is === 'roles' && <RolesDialog of={opened.of} onClose={close} done={done} />}
      {opened?.is === 'sessions' && <SessionsDialog of={opened.of} onClose={close} />}
      {opened?.is === 'step' && <StepDialog step={opened.step} of={opened.of} onClose={close} done={done} />}
    </>
  );
}

function Row({ of, open }: { of: User; open: (opened: Opened) => void }) {
  const { t } = useText();
  const step = (name: Step) => <Button onClick={() => open({ is: 'step', step: name, of })}>{t(`admin.act.${name}`)}</Button>;
  const beside = [
    of.own ? t('admin.users.own') : null, of.program ? t('admin.users.program') : null, of.elsewhere ? t('admin.users.elsewhere') : null,
  ].filter((each) => each !== null).join(' · ');
  const factor = of.second_factor ? t('admin.users.factor') : of.roles.includes('administrator') ? t('admin.users.noFactor') : null;
  const small = [of.password_must_change ? t('admin.users.mustChange') : null, factor].filter((each) => each !== null).join(' · ');
  return (
    <tr className={of.locked_at ? 'user-locked' : undefined} data-user={of.name}>
      <td><strong>{of.name}</strong>{beside !== '' && <><br /><span className="hint">{beside}</span></>}</td>
      <td>{of.roles.map((role) => <div key={role}>{t(`shell.role.${role}`)}</div>)}</td>
      <td>{of.locked_at ? t('admin.users.locked', { at: momentText(of.locked_at.utc) }) : t('admin.users.active')}{small !== '' && <><br /><span className="hint">{small}</span></>}</td>
      <td>{of.last_seen_at ? momentText(of.last_seen_at.utc) : <span className="hint">{t('admin.users.never')}</span>}</td>
      <td>
        <div className="user-acts">
          <Button onClick={() => open({ is: 'sessions', of })}>{t('admin.act.sessions')}</Button>
          {!of.own && <Button onClick={() => open({ is: 'roles', of })}>{t('admin.act.roles')}</Button>}
          {!of.own && !of.elsewhere && step('password')}
          {!of.own && !of.elsewhere && step(of.locked_at ? 'unlock' : 'lock')}
        </div>
      </td>
    </tr>
  );
}
