import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { openSignIns, signIns } from '../api/queries.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

type Which = 'others' | 'all';

/** Ends all other sign-ins, or this one as well. What will happen is said before it does. */
export function EndSeveral({ others }: { others: number }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const [asks, setAsks] = useState<Which>();
  const [ended, setEnded] = useState<number>();
  const end = useMutation({
    mutationFn: async (which: Which) => (which === 'others' ? call<{ ended: number }>('DELETE', '/api/me/sign-ins/others') : call('DELETE', '/api/me/sign-ins')),
    onSuccess: async (answered) => {
      setAsks(undefined);
      if (answered === undefined) {
        queryClient.clear();
        go('/sign-in?signed-out=yes', { replace: true });
        return;
      }
      setEnded(answered.ended);
      await Promise.all([signIns, openSignIns].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })));
    },
  });
  return (
    <>
      {ended !== undefined && <Notice live tone="success" title={t('signIns.several.ended', { number: ended })} />}
      <div className="sign-ins-several">
        {others > 0 && (
          <Button look="outline" onPress={() => setAsks('others')}>
            {t('signIns.several.others.open')}
          </Button>
        )}
        <Button look="outline" onPress={() => setAsks('all')}>
          {t('signIns.several.all.open')}
        </Button>
      </div>
      {asks !== undefined && (
        <Dialog role="alertdialog" title={t(`signIns.several.${asks}.title`)} onClose={() => setAsks(undefined)}>
          <p>{t(`signIns.several.${asks}.help`, { number: others })}</p>
          {end.error !== null && <ProblemNotice error={end.error} />}
          <div className="dialog-actions">
            <Button look="outline" onPress={() => setAsks(undefined)}>
              {t('cancel')}
            </Button>
            <Button look="danger" isPending={end.isPending} onPress={() => end.mutate(asks)}>
              {t(`signIns.several.${asks}.end`)}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
