import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** One place in the queue at a time: asks before the one for another desktop is given up. */
export function WaitChangeDialog({ onClose, onConfirm }: { onClose: () => void; onConfirm: () => void }) {
  const { t } = useTexts();
  return (
    <Dialog role="alertdialog" title={t('waiting.change.title')} onClose={onClose}>
      <p>{t('waiting.change.help')}</p>
      <div className="dialog-actions">
        <Button look="outline" autoFocus onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button icon="arrow" onPress={onConfirm}>
          {t('waiting.change.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
