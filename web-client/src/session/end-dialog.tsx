import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { desktops } from '../api/queries.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

type EndDialogProps = { leaseId: string; /** What the button that ends nothing says. */ stay: string; onClose: () => void; onEnded: () => void };

/** Ends the lease, so that the desktop is free again. Leaving the page instead only parks it. */
export function EndDialog({ leaseId, stay, onClose, onEnded }: EndDialogProps) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => call('DELETE', `/api/leases/${encodeURIComponent(leaseId)}`),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: desktops.queryKey });
      onEnded();
    },
  });
  return (
    <Dialog role="alertdialog" title={t('end.title')} onClose={onClose}>
      <p>{t('end.help')}</p>
      {end.error !== null && <ProblemNotice error={end.error} />}
      <div className="dialog-actions">
        <Button look="outline" onPress={onClose} autoFocus>
          {stay}
        </Button>
        <Button look="danger" icon="end" isPending={end.isPending} onPress={() => end.mutate()}>
          {t('end.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
