// A new account with its roles, and other roles for one that is there. Roles hold from the account's next request on.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Role, User } from '../../api/types';
import { useText } from '../../i18n';
import { words } from '../../i18n/words';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { FirstPassword } from './FirstPassword';

const ROLES = Object.keys(words.shell.role) as Role[];

function RoleChoice({ roles, choose }: { roles: readonly Role[]; choose: (roles: Role[]) => void }) {
  const { t } = useText();
  return (
    <fieldset className="role-choice">
      <legend>{t('admin.users.roles')}</legend>
      {ROLES.map((role) => (
        <label key={role}>
          <input type="checkbox" name={role} checked={roles.includes(role)} onChange={(e) => choose(e.target.checked ? [...roles, role] : roles.filter((each) => each !== role))} /> {t(`shell.role.${role}`)}
        </label>
      ))}
    </fieldset>
  );
}

export function AddDialog({ onClose, done }: { onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const adding = useMutation({ mutationFn: () => api.call('post', '/api/v1/users', { body: { name, roles } }), onSuccess: done, gcTime: 0 });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate();
  };
  if (adding.data) {
    return <Dialog title={t('admin.first.title', { name: adding.data.name })} onClose={onClose}><FirstPassword password={adding.data.password} onClose={onClose} /></Dialog>;
  }
  return (
    <Dialog title={t('admin.users.add')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field label={t('admin.users.name')} hint={t('admin.users.nameHint')}>
          {(id) => <input id={id} name="name" required minLength={2} maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} value={name} onChange={(e) => setName(e.target.value)} />}
        </Field>
        <RoleChoice roles={roles} choose={setRoles} />
        {adding.isError && <Notice tone="bad" alert>{say(adding.error)}</Notice>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
          <Button look="main" type="submit" disabled={adding.isPending || roles.length === 0}>{t('admin.users.add')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function RolesDialog({ of, onClose, done }: { of: User; onClose: () => void; done: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const [roles, setRoles] = useState<Role[]>(of.roles);
  const saving = useMutation({
    mutationFn: () => api.call('post', '/api/v1/users/{id}/roles', { path: { id: of.id }, body: { roles } }),
    onSuccess: () => {
      done();
      onClose();
    },
  });
  return (
    <Dialog title={`${t('admin.act.roles')}: ${of.name}`} onClose={onClose}>
      <RoleChoice roles={roles} choose={setRoles} />
      {saving.isError && <Notice tone="bad" alert>{say(saving.error)}</Notice>}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('shell.word.cancel')}</Button>
        <Button look="main" disabled={saving.isPending} onClick={() => saving.mutate()}>{t('shell.word.save')}</Button>
      </div>
    </Dialog>
  );
}
