// A dialog: focus stays in it, Escape closes it, the page behind does not scroll.
import { Dialog as Kit } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useText } from '../i18n';

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

export function Dialog({ title, onClose, wide = false, children }: Props) {
  const { t } = useText();
  return (
    <Kit.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Kit.Portal>
        <Kit.Backdrop className="backdrop" />
        <Kit.Popup className={wide ? 'dialog dialog-wide' : 'dialog'}>
          <div className="dialog-head">
            <Kit.Title className="dialog-title">{title}</Kit.Title>
            <Kit.Close className="button button-quiet">{t('shell.word.close')}</Kit.Close>
          </div>
          {children}
        </Kit.Popup>
      </Kit.Portal>
    </Kit.Root>
  );
}
