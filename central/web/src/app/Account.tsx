// The account's menu: language, appearance, the way out.
import { Popover } from '@base-ui/react/popover';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Preferences } from './Preferences';
import { useHere, useSession } from './session';

export function Account() {
  const { t } = useText();
  const { signOut } = useSession();
  const { user, roles } = useHere();
  const labels = roles.map((role) => t(`shell.role.${role}`));
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
