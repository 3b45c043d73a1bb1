import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { waiting } from './queries.ts';

/** A place that is given up is gone, so it is asked once more. */
export function LeaveDialog({ waitingId, onClose }: { waitingId: string; onClose: () => void }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const leaving = useMutation({
    mutationFn: () => call('DELETE', `/api/waiting/${waitingId}`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: waiting.queryKey });
      onClose();
    },
  });
  return (
    <Dialog role="alertdialog" title={t('waiting.leaveTitle')} onClose={onClose}>
      <p>{t('waiting.leaveHelp')}</p>
      {leaving.error !== null && <ProblemNotice error={leaving.error} />}
      <div className="dialog-actions">
        <Button look="outline" autoFocus onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button isPending={leaving.isPending} onPress={() => leaving.mutate()}>
          {t('waiting.leaveConfirm')}
        </Button>
      </div>
    </Dialog>
  );
}
