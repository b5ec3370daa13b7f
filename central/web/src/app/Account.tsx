// The account's menu: language, appearance, the way out.
import { Popover } from '@base-ui/react/popover';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Preferences } from './Preferences';
import { useHere, useSession } from './session';

export function Account() {
  const { t } = useText();
  const { signOut, state } = useSession();
  const { user } = useHere();
  const labels = state.is === 'in'
    ? [...new Set(state.session.roles.filter((r) => r.controller === state.controller).map((r) => r.label))] : [];
  return (
    <Popover.Root>
      <Popover.Trigger className="button button-quiet" aria-label={t('shell.account.label', { user })}>{user}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="popover-place">
          <Popover.Popup className="popover">
            <p className="who">{user}<br /><span className="hint">{labels.join(', ')}</span></p>
            <Preferences />
            <Button onClick={() => void signOut()}>{t('shell.account.signOut')}</Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
