import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialog.css';

type DialogProps = {
  title: string;
  onClose: () => void;
  /** `alertdialog` for a question that has consequences. */
  role?: 'dialog' | 'alertdialog';
  /** Room for a table. */
  wide?: boolean;
  children: ReactNode;
};

/** A question in front of the page. Escape closes it; focus goes back to where it was. */
export function Dialog({ title, onClose, role = 'dialog', wide = false, children }: DialogProps) {
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable={role === 'dialog'} onOpenChange={(open) => !open && onClose()}>
      <Modal className={wide ? 'dialog-box dialog-wide' : 'dialog-box'}>
        <AriaDialog role={role} className="dialog">
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
