import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Delegation, OwnDuty } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { duration } from '../console/duration.ts';
import { FormDialog } from '../console/form-dialog.tsx';
import { ReasonField } from '../console/reason-field.tsx';
import { SelectField } from '../console/select-field.tsx';
import { TimeField } from '../console/time-field.tsx';
import { useChange } from '../console/use-change.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { delegates } from './queries.ts';

/** Hands one of the own duties to a colleague: to whom, until when, why. */
export function HandOverDialog({ duty, longest, onClose }: { duty: OwnDuty; longest: number; onClose: () => void }) {
  const { t } = useTexts();
  const found = useQuery(delegates('/api/me/delegates'));
  const [given, setGiven] = useState({ toPersonId: '', beginsAt: '', endsAt: '', reason: '' });
  const [checked, setChecked] = useState(false);
  const people = (found.data?.items ?? []).filter(({ duties }) => !duties.some(({ id }) => id === duty.id));
  const missing = (value: string): string | undefined => (checked && value.trim() === '' ? t('console.missing') : undefined);
  const hand = useChange<Delegation>({
    change: () => call<Delegation>('POST', '/api/me/delegations', { dutyId: duty.id, toPersonId: given.toPersonId, endsAt: given.endsAt, reason: given.reason.trim(), ...(given.beginsAt !== '' && { beginsAt: given.beginsAt }) }),
    refresh: [['own-duties']],
    said: ({ to }) => ({ text: t('duties.handOver.done', { duty: duty.name, name: to.displayName }) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('duties.handOver.title', { duty: duty.name })}
      confirm={t('duties.handOver.confirm')}
      isPending={hand.isPending}
      error={hand.error}
      onClose={onClose}
      onSubmit={() => {
        if ([given.toPersonId, given.endsAt, given.reason].some((value) => value.trim() === '')) setChecked(true);
        else hand.mutate();
      }}
    >
      <p>{t('duties.handOver.help', { longest: duration(t, longest) })}</p>
      {found.error !== null && <ProblemNotice error={found.error} />}
      <SelectField
        name="toPersonId"
        label={t('duties.handOver.to')}
        description={people.length === 0 && found.data !== undefined ? t('duties.handOver.nobody') : t('duties.handOver.toHelp')}
        options={[{ value: '', name: t('console.choose') }, ...people.map(({ id, displayName, unitName }) => ({ value: id, name: `${displayName} (${unitName})` }))]}
        value={given.toPersonId}
        onChange={(toPersonId) => setGiven({ ...given, toPersonId })}
        error={missing(given.toPersonId)}
      />
      <TimeField name="beginsAt" label={t('duties.handOver.from')} description={t('duties.handOver.fromHelp')} value={given.beginsAt} onChange={(beginsAt) => setGiven({ ...given, beginsAt })} />
      <TimeField name="endsAt" label={t('duties.handOver.until')} value={given.endsAt} onChange={(endsAt) => setGiven({ ...given, endsAt })} error={missing(given.endsAt)} />
      <ReasonField value={given.reason} onChange={(reason) => setGiven({ ...given, reason })} missing={checked && given.reason.trim() === ''} />
    </FormDialog>
  );
}
