import { useState } from 'react';
import type { Timeline } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { ConfirmDialog } from '../console/confirm-dialog.tsx';
import { useChange } from '../console/use-change.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { isOpen } from './queries.ts';

/** Ends one session, after a question and with a reason. */
export function EndSession({ session }: { session: Timeline['session'] }) {
  const { t } = useTexts();
  const [asks, setAsks] = useState(false);
  const end = useChange({
    change: (reason: string) => call('POST', `/api/sessions/${encodeURIComponent(session.id)}/end`, { reason }),
    refresh: [['sessions']],
    said: () => ({ text: t('oversight.end.done') }),
    onDone: () => setAsks(false),
  });
  if (!isOpen(session.state)) return null;
  return (
    <>
      <Button look="danger" icon="end" onPress={() => setAsks(true)}>
        {t('oversight.end.button')}
      </Button>
      {asks && (
        <ConfirmDialog
          title={t('oversight.end.title')}
          confirm={t('oversight.end.confirm')}
          look="danger"
          icon="end"
          reason
          isPending={end.isPending}
          error={end.error}
          onConfirm={({ reason }) => end.mutate(reason)}
          onClose={() => setAsks(false)}
        >
          <p>{t('oversight.end.help', { name: session.person.displayName })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
