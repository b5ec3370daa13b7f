// Chooses another password. What is wrong with it is said by the centre, which knows the rules.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../api/client';
import type { Session } from '../api/types';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Notice } from '../ui/States';
import { useErrorText } from '../ui/errorText';
import { useHere } from './session';

interface Props {
  done: (session: Session) => void;
  children?: ReactNode;
}

const NONE = { current: '', new: '', again: '' };

export function PasswordForm({ done, children }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const { user } = useHere();
  const [typed, setTyped] = useState(NONE);
  const sending = useMutation({
    mutationFn: () => api.call('post', '/api/v1/session/password', { body: { current: typed.current, new: typed.new } }),
    onSuccess: done,
    gcTime: 0,
  });
  const differ = typed.again !== '' && typed.again !== typed.new;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  const field = (name: keyof typeof NONE, auto: string, hint?: string) => (
    <Field label={t(`shell.password.${name}`)} hint={hint}>
      {(id) => (
        <input id={id} name={name} type="password" autoComplete={auto} required value={typed[name]}
          onChange={(e) => setTyped((was) => ({ ...was, [name]: e.target.value }))} />
      )}
    </Field>
  );
  return (
    <form className="form" onSubmit={submit}>
      {sending.isError && <Notice tone="bad" alert>{say(sending.error)}</Notice>}
      <input type="text" name="username" autoComplete="username" value={user} readOnly hidden />
      {field('current', 'current-password')}
      {field('new', 'new-password', t('shell.password.rules'))}
      {field('again', 'new-password', differ ? t('shell.password.differ') : undefined)}
      <div className="dialog-actions">
        {children}
        <Button look="main" type="submit" disabled={sending.isPending || differ}>{t('shell.password.change')}</Button>
      </div>
    </form>
  );
}
