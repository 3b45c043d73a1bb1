import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Delegation } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { ReasonField } from '../../console/reason-field.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { TimeField } from '../../console/time-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { delegates } from '../../duties/queries.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const nothing = { fromPersonId: '', dutyId: '', toPersonId: '', endsAt: '', reason: '' };

/** Hands a duty of one person to another, for whoever looks after both. */
export function NewDelegationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const found = useQuery(delegates('/api/delegates'));
  const [given, setGiven] = useState(nothing);
  const [checked, setChecked] = useState(false);
  const people = found.data?.items ?? [];
  const duties = people.find(({ id }) => id === given.fromPersonId)?.duties ?? [];
  const takers = people.filter(({ id, duties: held }) => id !== given.fromPersonId && !held.some((duty) => duty.id === given.dutyId));
  const missing = (value: string): string | undefined => (checked && value.trim() === '' ? t('console.missing') : undefined);
  const options = (of: readonly { readonly id: string; readonly displayName: string; readonly unitName: string }[]) => [{ value: '', name: t('console.choose') }, ...of.map(({ id, displayName, unitName }) => ({ value: id, name: `${displayName} (${unitName})` }))];
  const hand = useChange<Delegation>({
    change: () => call<Delegation>('POST', '/api/delegations', { ...given, reason: given.reason.trim() }),
    refresh: [['people', 'delegations']],
    said: ({ duty, to }) => ({ text: t('duties.handOver.done', { duty: duty.name, name: to.displayName }) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('delegations.add.title')}
      confirm={t('duties.handOver.confirm')}
      isPending={hand.isPending}
      error={hand.error}
      onClose={onClose}
      onSubmit={() => {
        if (Object.values(given).some((value) => value.trim() === '')) setChecked(true);
        else hand.mutate();
      }}
    >
      <p>{t('delegations.add.help')}</p>
      {found.error !== null && <ProblemNotice error={found.error} />}
      <SelectField name="fromPersonId" label={t('delegations.from')} options={options(people.filter(({ duties: held }) => held.length > 0))} value={given.fromPersonId} onChange={(fromPersonId) => setGiven({ ...given, fromPersonId, dutyId: '', toPersonId: '' })} error={missing(given.fromPersonId)} />
      <SelectField
        name="dutyId"
        label={t('delegations.duty')}
        isDisabled={given.fromPersonId === ''}
        options={[{ value: '', name: t('console.choose') }, ...duties.map(({ id, name }) => ({ value: id, name }))]}
        value={given.dutyId}
        onChange={(dutyId) => setGiven({ ...given, dutyId })}
        error={missing(given.dutyId)}
      />
      <SelectField name="toPersonId" label={t('delegations.to')} isDisabled={given.dutyId === ''} options={options(takers)} value={given.toPersonId} onChange={(toPersonId) => setGiven({ ...given, toPersonId })} error={missing(given.toPersonId)} />
      <TimeField name="endsAt" label={t('duties.handOver.until')} value={given.endsAt} onChange={(endsAt) => setGiven({ ...given, endsAt })} error={missing(given.endsAt)} />
      <ReasonField value={given.reason} onChange={(reason) => setGiven({ ...given, reason })} missing={checked && given.reason.trim() === ''} />
    </FormDialog>
  );
}
