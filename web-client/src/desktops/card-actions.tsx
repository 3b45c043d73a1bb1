import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Desktop, Lease } from '../../../gateway/http/schemas/index.ts';
import { lease } from '../api/queries.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EndDialog } from '../session/end-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type Ways = { busy: boolean; /** `instead`: a session of one's own that moves here. */ onOpen: (instead?: Lease) => void; /** Enters a session of one's own again. */ onContinue: (leaseId: string, lease: Lease | undefined) => void };
type CardActionsProps = Ways & { desktop: Desktop; noDuty: boolean };

export function CardActions({ desktop, busy, noDuty, onOpen, onContinue }: CardActionsProps) {
  const { t } = useTexts();
  switch (desktop.state) {
    case 'ready':
      return (
        <div className="card-actions">
          <Button icon="arrow" isPending={busy} isDisabled={noDuty} onPress={() => onOpen()} aria-label={t('desktop.openNamed', { name: desktop.name })}>
            {busy ? t('desktop.opening') : t('desktop.open')}
          </Button>
        </div>
      );
    case 'unreachable':
      return (
        <div className="card-actions">
          <Button look="outline" icon="refresh" isPending={busy} isDisabled={noDuty} onPress={() => onOpen()} aria-label={t('desktop.tryNamed', { name: desktop.name })}>
            {busy ? t('desktop.opening') : t('desktop.try')}
          </Button>
        </div>
      );
    case 'in-use-by-me':
      return desktop.leaseId === undefined ? null : <OwnActions leaseId={desktop.leaseId} name={desktop.name} busy={busy} onOpen={onOpen} onContinue={onContinue} />;
    case 'in-use':
    case 'disabled':
      return null;
  }
}

/** Soon: a session that was left a moment ago is parked a moment later, and then needs no moving. */
const lookAgainEveryMs = 2_500;

/** For one of a pool as well. A parked session waits, and is entered again or ended; one that shows elsewhere is moved here, once the person agrees. */
export function OwnActions({ leaseId, name, busy, onOpen, onContinue }: Ways & { leaseId: string; name: string }) {
  const { t } = useTexts();
  const { data, isFetchedAfterMount } = useQuery({ ...lease(leaseId), staleTime: 0, refetchInterval: lookAgainEveryMs });
  const [asks, setAsks] = useState(false);
  const [ending, setEnding] = useState(false);
  const elsewhere = isFetchedAfterMount && data?.state === 'active';
  return (
    <div className="card-actions">
      {elsewhere ? (
        <Button icon="move" isPending={busy} onPress={() => setAsks(true)} aria-label={t('desktop.moveNamed', { name })}>
          {busy ? t('desktop.opening') : t('desktop.move')}
        </Button>
      ) : (
        <>
          <Button icon="arrow" isPending={busy || !isFetchedAfterMount} onPress={() => onContinue(leaseId, data)} aria-label={t('desktop.continueNamed', { name })}>
            {t('desktop.continue')}
          </Button>
          {isFetchedAfterMount && (
            <Button look="outline" icon="end" isDisabled={busy} onPress={() => setEnding(true)} aria-label={t('desktop.endNamed', { name })}>
              {t('end.confirm')}
            </Button>
          )}
        </>
      )}
      {ending && <EndDialog leaseId={leaseId} stay={t('cancel')} onClose={() => setEnding(false)} onEnded={() => setEnding(false)} />}
      {asks && (
        <Dialog role="alertdialog" title={t('move.title')} onClose={() => setAsks(false)}>
          <p>{t('move.help')}</p>
          <div className="dialog-actions">
            <Button look="outline" onPress={() => setAsks(false)}>
              {t('cancel')}
            </Button>
            <Button
              icon="move"
              onPress={() => {
                setAsks(false);
                onOpen(data);
              }}
            >
              {t('move.confirm')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
