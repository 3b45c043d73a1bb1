import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Lease } from '../../../gateway/http/schemas.ts';
import { call } from '../api/call.ts';
import { desktops } from '../api/queries.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Ends the lease, so that the desktop is free again. Leaving the page instead only parks it. */
export function EndDialog({ lease, onClose }: { lease: Lease; onClose: () => void }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => call('DELETE', `/api/leases/${encodeURIComponent(lease.id)}`),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: desktops.queryKey });
      if (document.fullscreenElement !== null) void document.exitFullscreen();
      go('/');
    },
  });
  return (
    <Dialog role="alertdialog" title={t('end.title')} onClose={onClose}>
      <p>{t('end.help')}</p>
      {end.error !== null && <ProblemNotice error={end.error} />}
      <div className="dialog-actions">
        <Button look="outline" onPress={onClose} autoFocus>
          {t('end.stay')}
        </Button>
        <Button look="danger" icon="end" isPending={end.isPending} onPress={() => end.mutate()}>
          {t('end.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
