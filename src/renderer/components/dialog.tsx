import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';

export interface DialogProperties {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** A drawer stands at the right, so that the place is kept. */
  readonly shape?: 'centre' | 'drawer';
  readonly footer?: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
}

/** Something that wants attention for a moment; Escape closes it. */
export function Dialog({ title, open, onClose, shape = 'centre', footer, role = 'dialog', children }: DialogProperties) {
  const { t } = useWords();
  return (
    <ModalOverlay
      className={`overlay overlay-${shape}`}
      isOpen={open}
      isDismissable={role === 'dialog'}
      onOpenChange={(now) => {
        if (!now) onClose();
      }}
    >
      <Modal className={`modal modal-${shape}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-header">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <Button kind="quiet" icon="close" aria-label={t('app.close')} onPress={onClose} />
          </header>
          {/* A drawer's text may be longer than the window, with nothing in it to reach by keyboard: then it is scrolled itself. */}
          <div className="dialog-content" {...(shape === 'drawer' ? { tabIndex: 0 } : {})}>
            {children}
          </div>
          {footer === undefined ? null : <footer className="dialog-footer">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
