// A first password, shown once and kept nowhere.
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/States';

export function FirstPassword({ password, onClose }: { password: string; onClose: () => void }) {
  const { t } = useText();
  return (
    <>
      <p className="first-password" data-first-password>{password}</p>
      <Notice tone="warn">{t('admin.first.once')}</Notice>
      <div className="dialog-actions"><Button onClick={onClose}>{t('shell.word.close')}</Button></div>
    </>
  );
}
