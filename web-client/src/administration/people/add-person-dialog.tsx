import { useState } from 'react';
import type { PersonDetails, Unit } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { go } from '../../routing/location.ts';
import { TextField } from '../../ui/text-field.tsx';
import { LoanFields, type LoanGiven } from './loan-fields.tsx';

/** A new account. How its owner gets in is on the page that opens next. */
export function AddPersonDialog({ units, onClose }: { units: readonly Unit[]; onClose: () => void }) {
  const { t } = useTexts();
  const [given, setGiven] = useState({ username: '', displayName: '', unitId: units.length === 1 ? (units[0]?.id ?? '') : '' });
  const [loan, setLoan] = useState<LoanGiven>({ loaned: false, from: '', endsAt: '' });
  const [checked, setChecked] = useState(false);
  const missing = (value: string): string | undefined => (checked && value.trim() === '' ? t('console.missing') : undefined);
  const add = useChange({
    change: (person: typeof given & { loan?: { from: string; endsAt: string } }) => call<PersonDetails>('POST', '/api/people', person),
    refresh: [['people'], ['units']],
    onDone: ({ id }) => go(`/administration/people/${id}`),
    said: ({ displayName }) => ({ text: t('administration.people.add.done', { name: displayName }) }),
  });
  return (
    <FormDialog
      title={t('administration.people.add.title')}
      confirm={t('administration.people.add.confirm')}
      isPending={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() => {
        if ([...Object.values(given), ...(loan.loaned ? [loan.from, loan.endsAt] : [])].some((value) => value.trim() === '')) setChecked(true);
        else add.mutate({ ...given, username: given.username.trim(), displayName: given.displayName.trim(), ...(loan.loaned && { loan: { from: loan.from.trim(), endsAt: loan.endsAt } }) });
      }}
    >
      <TextField
        name="displayName"
        label={t('administration.people.name')}
        value={given.displayName}
        onChange={(displayName) => setGiven({ ...given, displayName })}
        error={missing(given.displayName)}
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
      <TextField
        name="username"
        label={t('administration.people.username')}
        description={t('administration.people.usernameHelp')}
        value={given.username}
        onChange={(username) => setGiven({ ...given, username })}
        error={missing(given.username)}
        maxLength={100}
        autoComplete="off"
        autoCorrect="off"
        spellCheck="false"
      />
      <SelectField
        name="unitId"
        label={t('administration.people.unit')}
        options={[{ value: '', name: t('console.choose') }, ...units.map(({ id, path }) => ({ value: id, name: path }))]}
        value={given.unitId}
        onChange={(unitId) => setGiven({ ...given, unitId })}
        error={missing(given.unitId)}
      />
      <LoanFields given={loan} onChange={setLoan} missing={missing} />
    </FormDialog>
  );
}
