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
          <Kit.Title className="dialog-title">{title}</Kit.Title>
          {children}
          {/* Last, so that the first field has the focus; drawn at the top. */}
          <Kit.Close className="button button-quiet dialog-close">{t('shell.word.close')}</Kit.Close>
        </Kit.Popup>
      </Kit.Portal>
    </Kit.Root>
  );
}
