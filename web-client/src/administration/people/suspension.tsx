import { useState } from 'react';
import type { PersonDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { usePersonChange } from './use-person-change.ts';

/** Closes an account, with everything it has open, and opens it again. */
export function Suspension({ person: { id, displayName, status } }: { person: PersonDetails }) {
  const { t } = useTexts();
  const [asks, setAsks] = useState(false);
  const enable = usePersonChange({
    change: () => call<PersonDetails>('DELETE', `/api/people/${id}/suspension`),
    said: () => ({ text: t('administration.people.suspend.enabled', { name: displayName }) }),
    onDone: () => setAsks(false),
  });
  const suspend = usePersonChange({
    change: () => call<PersonDetails>('POST', `/api/people/${id}/suspension`, {}),
    said: () => ({ text: t('administration.people.suspend.done', { name: displayName }), undo: () => enable.mutate() }),
    onDone: () => setAsks(false),
  });
  const way = status === 'active' ? 'suspend' : 'enable';
  const change = way === 'suspend' ? suspend : enable;
  return (
    <>
      <Button look="outline" size="small" icon={way === 'suspend' ? 'stop' : 'check'} onPress={() => setAsks(true)}>
        {t(`administration.people.${way}.open`)}
      </Button>
      {asks && (
        <ConfirmDialog
          title={t(`administration.people.${way}.title`, { name: displayName })}
          confirm={t(`administration.people.${way}.confirm`)}
          look={way === 'suspend' ? 'danger' : 'solid'}
          isPending={change.isPending}
          error={change.error}
          onConfirm={() => change.mutate()}
          onClose={() => setAsks(false)}
        >
          <p>{t(`administration.people.${way}.help`)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
