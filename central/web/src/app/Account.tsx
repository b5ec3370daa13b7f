// The account's menu: own password and second factor, language, appearance, the way out.
import { Popover } from '@base-ui/react/popover';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import type { Own } from './OwnAccount';
import { Preferences } from './Preferences';
import { useHere, useSession } from './session';

const OwnAccount = lazy(() => import('./OwnAccount'));

export function Account() {
  const { t } = useText();
  const { signOut, state, renew } = useSession();
  const { user, roles } = useHere();
  const [open, setOpen] = useState(false);
  const [own, setOwn] = useState<Own | null>(null);
  const labels = roles.map((role) => t(`shell.role.${role}`));
  const show = (which: Own) => {
    setOpen(false);
    setOwn(which);
  };
  return (
    <>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="button button-quiet" aria-label={t('shell.account.label', { user })}>{user}</Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="end" className="popover-place">
            <Popover.Popup className="popover">
              <p className="who">{user}<br /><span className="hint">{labels.join(', ')}</span></p>
              <Preferences />
              <Button onClick={() => show('password')}>{t('shell.account.password')}</Button>
              {state.is === 'in' && !state.session.second_factor && <Button onClick={() => show('factor')}>{t('shell.account.factor')}</Button>}
              <Button onClick={() => void signOut()}>{t('shell.account.signOut')}</Button>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {own !== null && <Suspense><OwnAccount which={own} onClose={() => setOwn(null)} renew={renew} /></Suspense>}
    </>
  );
}
