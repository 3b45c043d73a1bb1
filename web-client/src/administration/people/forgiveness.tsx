import { useState } from 'react';
import type { PersonDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';

/** Lifts the wait that failed sign-ins have brought about. */
export function Forgiveness({ person: { id, displayName } }: { person: PersonDetails }) {
  const { t } = useTexts();
  const [asks, setAsks] = useState(false);
  const forgive = useChange({
    change: () => call('POST', `/api/people/${id}/forgiveness`, {}),
    said: () => ({ text: t('administration.people.forgive.done', { name: displayName }) }),
    onDone: () => setAsks(false),
  });
  return (
    <>
      <Button look="outline" size="small" onPress={() => setAsks(true)}>
        {t('administration.people.forgive.open')}
      </Button>
      {asks && (
        <ConfirmDialog title={t('administration.people.forgive.title')} confirm={t('administration.people.forgive.confirm')} isPending={forgive.isPending} error={forgive.error} onConfirm={() => forgive.mutate()} onClose={() => setAsks(false)}>
          <p>{t('administration.people.forgive.help')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
