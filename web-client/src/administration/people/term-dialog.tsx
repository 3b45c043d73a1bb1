import { useState } from 'react';
import type { PersonDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { ReasonField } from '../../console/reason-field.tsx';
import { TimeField } from '../../console/time-field.tsx';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { usePersonChange } from './use-person-change.ts';

/** Another end for an account of loaned staff, with a reason. */
export function TermDialog({ person: { id, displayName, loan }, onClose }: { person: PersonDetails & { loan: NonNullable<PersonDetails['loan']> }; onClose: () => void }) {
  const { t, language } = useTexts();
  const [given, setGiven] = useState({ endsAt: loan.endsAt, reason: '' });
  const [checked, setChecked] = useState(false);
  const change = usePersonChange({
    change: () => call<PersonDetails>('PUT', `/api/people/${id}/term`, { endsAt: given.endsAt, reason: given.reason.trim() }),
    said: (changed) => ({ text: t('administration.people.loan.changed', { name: displayName, time: dayAndTime(changed.loan?.endsAt ?? given.endsAt, language) }) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.people.loan.changeTitle', { name: displayName })}
      confirm={t('administration.people.loan.changeConfirm')}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={() => {
        if (given.endsAt === '' || given.reason.trim() === '') setChecked(true);
        else change.mutate();
      }}
    >
      <p>{t('administration.people.loan.changeHelp', { from: loan.from, time: dayAndTime(loan.endsAt, language) })}</p>
      <TimeField name="endsAt" label={t('administration.people.loan.endsAt')} value={given.endsAt} onChange={(endsAt) => setGiven({ ...given, endsAt })} error={checked && given.endsAt === '' ? t('console.missing') : undefined} />
      <ReasonField value={given.reason} onChange={(reason) => setGiven({ ...given, reason })} missing={checked && given.reason.trim() === ''} />
    </FormDialog>
  );
}
