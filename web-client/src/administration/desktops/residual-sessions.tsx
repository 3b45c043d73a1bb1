import { useState } from 'react';
import type { DesktopDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { useDesktopChange } from './use-desktop-change.ts';

type Residual = DesktopDetails['residual'][number];

/** OS sessions that live on at the desktop: whose, since when, and the word that one was ended there. */
export function ResidualSessions({ desktop, mayManage }: { desktop: DesktopDetails; mayManage: boolean }) {
  const { t, language } = useTexts();
  const [ending, setEnding] = useState<Residual | null>(null);
  return (
    <section className="panel" aria-labelledby="residual-title">
      <h2 id="residual-title">{t('administration.desktops.residual.title')}</h2>
      <p className="soft">{t('administration.desktops.residual.help')}</p>
      {desktop.residual.length === 0 && <p>{t('administration.desktops.residual.none')}</p>}
      <ul className="rows" role="list">
        {desktop.residual.map((residual) => (
          <li key={residual.id}>
            <span className="row-text">
              <strong>{residual.displayName}</strong>
              <small>
                {residual.username} · {t('administration.desktops.residual.since', { time: dayAndTime(residual.beganAt, language) })}
              </small>
            </span>
            {residual.open ? (
              <StatusBadge tone="info" icon="monitor">{t('administration.desktops.residual.open')}</StatusBadge>
            ) : (
              mayManage && (
                <Button look="outline" size="small" onPress={() => setEnding(residual)} aria-label={t('administration.desktops.residual.endNamed', { name: residual.displayName })}>
                  {t('administration.desktops.residual.end')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      {ending && <EndDialog desktop={desktop} residual={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

function EndDialog({ desktop, residual, onClose }: { desktop: DesktopDetails; residual: Residual; onClose: () => void }) {
  const { t } = useTexts();
  const end = useDesktopChange({
    change: (reason: string) => call<DesktopDetails>('POST', `/api/desktop-records/${desktop.id}/residual/${residual.id}/end`, { reason }),
    said: () => ({ text: t('administration.desktops.residual.ended', { name: residual.displayName }) }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      reason
      title={t('administration.desktops.residual.endTitle', { name: residual.displayName })}
      confirm={t('administration.desktops.residual.endConfirm')}
      look="danger"
      isPending={end.isPending}
      error={end.error}
      onConfirm={({ reason }) => end.mutate(reason)}
      onClose={onClose}
    >
      <p>{t('administration.desktops.residual.endHelp', { desktop: desktop.name })}</p>
    </ConfirmDialog>
  );
}
