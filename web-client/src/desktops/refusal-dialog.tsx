import type { Desktop } from '../../../gateway/http/schemas.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Every reason why the desktop was not opened, with what would help. */
export function RefusalDialog({ desktop, error, onClose }: { desktop: Desktop; error: Error; onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Dialog role="alertdialog" title={t('refusal.title', { name: desktop.name })} onClose={onClose}>
      <ProblemNotice error={error} />
      <div className="dialog-actions">
        <Button autoFocus onPress={onClose}>
          {t('close')}
        </Button>
      </div>
    </Dialog>
  );
}
