// `?` shows which keys act on the screen that is open.
import { useEffect, useState } from 'react';
import { useText } from '../i18n';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { isPlainPress, useShownKeys } from './keys';

export function Help() {
  const { t } = useText();
  const keys = useShownKeys();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === '?' && isPlainPress(event)) setOpen(true);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return (
    <>
      <Button look="quiet" keyHint="?" onClick={() => setOpen(true)}>{t('shell.help.open')}</Button>
      {open && (
        <Dialog title={t('shell.help.title')} onClose={() => setOpen(false)}>
          {keys.length === 0 && <p>{t('shell.help.none')}</p>}
          <table className="keys">
            <tbody>
              {keys.map((key) => (
                <tr key={key.code}><th scope="row"><kbd>{key.cap}</kbd></th><td>{t(key.does)}</td></tr>
              ))}
              <tr><th scope="row"><kbd>?</kbd></th><td>{t('shell.help.show')}</td></tr>
              <tr><th scope="row"><kbd>Esc</kbd></th><td>{t('shell.help.close')}</td></tr>
            </tbody>
          </table>
        </Dialog>
      )}
    </>
  );
}
