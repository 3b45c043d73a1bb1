import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { IconName } from '../ui/icons.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

type FormDialogProps = {
  title: string;
  children: ReactNode;
  /** The button that sends it: says what it does. */
  confirm: string;
  icon?: IconName;
  wide?: boolean;
  isBlocked?: boolean;
  isPending: boolean;
  error: Error | null;
  onSubmit: () => void;
  onClose: () => void;
};

/** Fields in front of the page. What was typed is not lost to a press beside it. */
export function FormDialog({ title, children, confirm, icon, wide = false, isBlocked = false, isPending, error, onSubmit, onClose }: FormDialogProps) {
  const { t } = useTexts();
  return (
    <Dialog role="alertdialog" wide={wide} title={title} onClose={onClose}>
      <Form
        className="dialog-form"
        validationBehavior="aria"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending && !isBlocked) onSubmit();
        }}
      >
        {children}
        {error !== null && <ProblemNotice error={error} />}
        <div className="dialog-actions">
          <Button look="outline" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" isPending={isPending} isDisabled={isBlocked} {...(icon && { icon })}>
            {confirm}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
