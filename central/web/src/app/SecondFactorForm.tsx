// Enrols a second factor: a code to be scanned by an app on a telephone, and a first one-time code of it. The secret is shown once.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api } from '../api/client';
import type { Session } from '../api/types';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Failed, Loading, Notice } from '../ui/States';
import { drawnCode } from '../ui/drawnCode';
import { useErrorText } from '../ui/errorText';
import { CodeField } from './CodeField';

export function SecondFactorForm({ done, children }: { done: (session: Session) => void; children?: ReactNode }) {
  const { t } = useText();
  const say = useErrorText();
  const [code, setCode] = useState('');
  const begun = useMutation({ mutationFn: () => api.call('post', '/api/v1/session/totp'), gcTime: 0 });
  const confirming = useMutation({
    mutationFn: () => api.call('post', '/api/v1/session/totp/proof', { body: { code } }),
    onSuccess: done,
    onError: () => setCode(''),
    gcTime: 0,
  });
  const { mutate: begin } = begun;
  const asked = useRef(false);
  useEffect(() => {
    // Each question makes a new secret: one is enough.
    if (asked.current) return;
    asked.current = true;
    begin();
  }, [begin]);
  const place = useRef<HTMLDivElement>(null);
  const svg = begun.data?.svg;
  useEffect(() => {
    const drawn = svg === undefined ? null : drawnCode(svg);
    if (drawn) place.current?.replaceChildren(drawn);
  }, [svg]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirming.mutate();
  };
  if (begun.isError) return <><Failed error={begun.error} retry={begin} /><div className="dialog-actions">{children}</div></>;
  if (!begun.data) return <Loading />;
  return (
    <form className="form" onSubmit={submit}>
      <ol className="steps-list">
        <li>{t('shell.factor.app')}</li>
        <li>
          {t('shell.factor.scan')}
          <div ref={place} className="scan" role="img" aria-label={t('shell.factor.drawn')} />
          <p className="hint">{t('shell.factor.type')}</p>
          <p className="secret" data-secret>{begun.data.secret}</p>
        </li>
        <li>{t('shell.factor.confirm')}</li>
      </ol>
      {confirming.isError && <Notice tone="bad" alert>{say(confirming.error)}</Notice>}
      <CodeField code={code} choose={setCode} />
      <p className="hint">{t('shell.factor.lost')}</p>
      <div className="dialog-actions">
        {children}
        <Button look="main" type="submit" disabled={confirming.isPending}>{t('shell.factor.enrol')}</Button>
      </div>
    </form>
  );
}
