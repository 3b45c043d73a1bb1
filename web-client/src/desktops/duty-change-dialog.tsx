import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** One duty at a time: asks before the sessions for another one end. */
export function DutyChangeDialog({ duty, onClose, onConfirm }: { duty: string; onClose: () => void; onConfirm: () => void }) {
  const { t } = useTexts();
  return (
    <Dialog role="alertdialog" title={t('dutyChange.title')} onClose={onClose}>
      <p>{t('dutyChange.help', { name: duty })}</p>
      <div className="dialog-actions">
        <Button look="outline" autoFocus onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button icon="arrow" onPress={onConfirm}>
          {t('dutyChange.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
