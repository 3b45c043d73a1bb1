import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { IconName } from '../ui/icons.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ReasonField } from './reason-field.tsx';

type ConfirmDialogProps = {
  title: string;
  /** What will happen. */
  children?: ReactNode;
  /** The button that does it: says what it does. */
  confirm: string;
  look?: 'solid' | 'danger';
  icon?: IconName;
  /** Asks for a reason, which is handed over. */
  reason?: boolean;
  /** Has to be typed before anything happens; handed over as it was typed. */
  typed?: string;
  wide?: boolean;
  /** What stands here is not known well enough to go on. */
  isBlocked?: boolean;
  isPending: boolean;
  error: Error | null;
  onConfirm: (given: { readonly reason: string; readonly typed: string }) => void;
  onClose: () => void;
};

/** A question before something that has consequences. */
export function ConfirmDialog({ title, children, confirm, look = 'solid', icon, reason = false, typed, wide = false, isBlocked = false, isPending, error, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTexts();
  const [given, setGiven] = useState({ reason: '', typed: '' });
  const [checked, setChecked] = useState(false);
  const noReason = reason && given.reason.trim() === '';
  const wrong = typed !== undefined && given.typed.trim() !== typed;
  return (
    <Dialog role="alertdialog" wide={wide} title={title} onClose={onClose}>
      <Form
        className="dialog-form"
        validationBehavior="aria"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (noReason || wrong) setChecked(true);
          else if (!isPending && !isBlocked) onConfirm({ reason: given.reason.trim(), typed: given.typed.trim() });
        }}
      >
        {children}
        {reason && <ReasonField value={given.reason} onChange={(next) => setGiven({ ...given, reason: next })} missing={checked && noReason} />}
        {typed !== undefined && (
          <TextField
            name="typed-confirmation"
            label={t('console.confirm.typeLabel', { expected: typed })}
            error={checked && wrong ? t('console.confirm.typeWrong', { expected: typed }) : undefined}
            value={given.typed}
            onChange={(next) => setGiven({ ...given, typed: next })}
            autoComplete="off"
            autoCorrect="off"
            spellCheck="false"
          />
        )}
        {error !== null && <ProblemNotice error={error} />}
        <div className="dialog-actions">
          <Button look="outline" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" look={look} isPending={isPending} isDisabled={isBlocked} {...(icon && { icon })}>
            {confirm}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
