import { useState } from 'react';
import type { DesktopDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { useDesktopChange } from './use-desktop-change.ts';

/** Takes a desktop out of service and back; the way back needs no question. */
export function DesktopSuspension({ desktop: { id, name, status, openSessions } }: { desktop: DesktopDetails }) {
  const { t } = useTexts();
  const [asks, setAsks] = useState(false);
  const enable = useDesktopChange({
    change: () => call<DesktopDetails>('DELETE', `/api/desktop-records/${id}/suspension`),
    said: () => ({ text: t('administration.desktops.suspend.enabled', { name }) }),
  });
  const suspend = useDesktopChange({
    change: () => call<DesktopDetails>('POST', `/api/desktop-records/${id}/suspension`, {}),
    said: () => ({ text: t('administration.desktops.suspend.done', { name }), undo: () => enable.mutate() }),
    onDone: () => setAsks(false),
  });
  if (status === 'disabled') {
    return (
      <Button look="outline" size="small" icon="check" isPending={enable.isPending} onPress={() => enable.mutate()}>
        {t('administration.desktops.suspend.enable')}
      </Button>
    );
  }
  return (
    <>
      <Button look="danger-outline" size="small" icon="stop" onPress={() => setAsks(true)}>
        {t('administration.desktops.suspend.open')}
      </Button>
      {asks && (
        <ConfirmDialog
          title={t('administration.desktops.suspend.title', { name })}
          confirm={t('administration.desktops.suspend.open')}
          look="danger"
          isPending={suspend.isPending}
          error={suspend.error}
          onConfirm={() => suspend.mutate()}
          onClose={() => setAsks(false)}
        >
          <p>{t('administration.desktops.suspend.help', { sessions: openSessions })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
