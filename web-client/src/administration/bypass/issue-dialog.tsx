import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Bypass, NewBypass } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { duration } from '../../console/duration.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { ReasonField } from '../../console/reason-field.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { bypassCandidates } from './queries.ts';

/** The first of the two: for whom, where, who vouches and how they were reached, and why. */
export function IssueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const found = useQuery({ ...bypassCandidates(useDeferredValue(typed.trim())), placeholderData: keepPreviousData });
  const [given, setGiven] = useState({ personId: '', voucherId: '', shelter: '', reachedBy: '', reason: '' });
  const [checked, setChecked] = useState(false);
  const { people = [], vouchers = [], limits } = found.data ?? {};
  const person = people.find(({ id }) => id === given.personId) ?? people[0];
  const mayVouch = vouchers.filter(({ id }) => id !== person?.id);
  const voucher = mayVouch.find(({ id }) => id === given.voucherId) ?? mayVouch[0];
  const missing = { shelter: given.shelter.trim() === '', reachedBy: given.reachedBy.trim() === '', reason: given.reason.trim() === '' };
  const issue = useChange<Bypass, NewBypass>({
    change: (bypass) => call<Bypass>('POST', '/api/bypasses', bypass),
    refresh: [['level']],
    said: () => ({ text: t('administration.bypass.issue.done') }),
    onDone: onClose,
  });
  const options = (list: typeof people) => list.map(({ id, displayName, unitName }) => ({ value: id, name: t('administration.bypass.personOf', { name: displayName, unit: unitName }) }));
  return (
    <FormDialog
      wide
      title={t('administration.bypass.issue.title')}
      confirm={t('administration.bypass.issue.confirm')}
      isBlocked={person === undefined || voucher === undefined || limits === undefined}
      isPending={issue.isPending}
      error={issue.error}
      onClose={onClose}
      onSubmit={() => {
        if (missing.shelter || missing.reachedBy || missing.reason) setChecked(true);
        else if (person !== undefined && voucher !== undefined) issue.mutate({ personId: person.id, voucherId: voucher.id, shelter: given.shelter.trim(), reachedBy: given.reachedBy.trim(), reason: given.reason.trim() });
      }}
    >
      <p>{t('administration.bypass.issue.help')}</p>
      {limits !== undefined && <p>{t('administration.bypass.issue.limits', { redeem: duration(t, limits.redeemWithin), lasts: duration(t, limits.lasts) })}</p>}
      {found.error !== null && <ProblemNotice error={found.error} />}
      {found.data !== undefined && limits === undefined && (
        <Notice tone="warning" title={t('administration.bypass.issue.off')}>
          <p>{t('administration.bypass.issue.offHelp')}</p>
        </Notice>
      )}
      <TextField name="search" type="search" label={t('administration.bypass.issue.search')} description={t('administration.bypass.issue.searchHelp')} value={typed} onChange={setTyped} maxLength={100} autoComplete="off" />
      {found.data !== undefined && people.length === 0 ? (
        <p role="status">{t('administration.bypass.issue.nobody')}</p>
      ) : (
        <SelectField name="personId" label={t('administration.bypass.issue.person')} options={options(people)} value={person?.id ?? ''} onChange={(personId) => setGiven({ ...given, personId })} />
      )}
      <TextField
        name="shelter"
        label={t('administration.bypass.issue.shelter')}
        error={checked && missing.shelter ? t('administration.bypass.issue.shelterMissing') : undefined}
        value={given.shelter}
        onChange={(shelter) => setGiven({ ...given, shelter })}
        maxLength={200}
        autoComplete="off"
      />
      {found.data !== undefined && mayVouch.length === 0 ? (
        <Notice tone="warning" title={t('administration.bypass.issue.noVoucher')}>
          <p>{t('administration.bypass.issue.noVoucherHelp')}</p>
        </Notice>
      ) : (
        <SelectField
          name="voucherId"
          label={t('administration.bypass.issue.voucher')}
          description={t('administration.bypass.issue.voucherHelp')}
          options={options(mayVouch)}
          value={voucher?.id ?? ''}
          onChange={(voucherId) => setGiven({ ...given, voucherId })}
        />
      )}
      <TextField
        name="reachedBy"
        label={t('administration.bypass.issue.reachedBy')}
        description={t('administration.bypass.issue.reachedByHelp')}
        error={checked && missing.reachedBy ? t('administration.bypass.issue.reachedByMissing') : undefined}
        value={given.reachedBy}
        onChange={(reachedBy) => setGiven({ ...given, reachedBy })}
        maxLength={200}
        autoComplete="off"
      />
      <ReasonField value={given.reason} onChange={(reason) => setGiven({ ...given, reason })} missing={checked && missing.reason} />
    </FormDialog>
  );
}
