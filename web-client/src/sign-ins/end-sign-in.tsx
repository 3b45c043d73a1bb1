import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { openSignIns, signIns } from '../api/queries.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Ends a sign-in on another device, and the sessions that hang on it. */
export function EndSignIn({ signInId, time }: { signInId: string; time: string }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const [asks, setAsks] = useState(false);
  const end = useMutation({
    mutationFn: () => call('DELETE', `/api/me/sign-ins/${encodeURIComponent(signInId)}`),
    onSuccess: async () => {
      await Promise.all([signIns, openSignIns].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })));
      setAsks(false);
    },
  });
  return (
    <>
      <Button look="outline" size="small" onPress={() => setAsks(true)} aria-label={t('signIns.endNamed', { time })}>
        {t('signIns.end')}
      </Button>
      {asks && (
        <Dialog role="alertdialog" title={t('signIns.confirm.title')} onClose={() => setAsks(false)}>
          <p>{t('signIns.confirm.help', { time })}</p>
          {end.error !== null && <ProblemNotice error={end.error} />}
          <div className="dialog-actions">
            <Button look="outline" onPress={() => setAsks(false)}>
              {t('cancel')}
            </Button>
            <Button look="danger" isPending={end.isPending} onPress={() => end.mutate()}>
              {t('signIns.confirm.end')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
