import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExceptionCandidateList, NewZoneException, ZoneException } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { EmptyState } from '../../console/empty-state.tsx';
import { Asked } from '../../console/asked.tsx';
import { FormDialog } from '../../console/form-dialog.tsx';
import { ReasonField } from '../../console/reason-field.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';

const hours = [1, 2, 4, 8] as const;

/** The first of the two that an exception takes: for whom, for which duty, for how long, and why. */
export function AskDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const candidates = useQuery({ queryKey: ['level', 'exception-candidates'], queryFn: () => call<ExceptionCandidateList>('GET', '/api/exceptions/candidates') });
  const people = candidates.data?.items ?? [];
  const [chosen, setChosen] = useState({ personId: '', dutyId: '' });
  const [length, setLength] = useState('2');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const person = people.find(({ id }) => id === chosen.personId) ?? people[0];
  const duty = person?.duties.find(({ id }) => id === chosen.dutyId) ?? person?.duties[0];
  const ask = useChange<ZoneException, NewZoneException>({
    change: (given) => call<ZoneException>('POST', '/api/exceptions', given),
    refresh: [['level']],
    said: () => ({ text: t('administration.exceptions.ask.done') }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.exceptions.ask.title')}
      confirm={t('administration.exceptions.ask.confirm')}
      isBlocked={person === undefined || duty === undefined}
      isPending={ask.isPending}
      error={ask.error}
      onClose={onClose}
      onSubmit={() => {
        if (reason.trim() === '') setChecked(true);
        else if (person !== undefined && duty !== undefined) ask.mutate({ personId: person.id, dutyId: duty.id, seconds: Number(length) * 3_600, reason: reason.trim() });
      }}
    >
      <p>{t('administration.exceptions.ask.help')}</p>
      <p>{t('administration.exceptions.where')}</p>
      <Asked of={candidates}>
        {() =>
          person === undefined ? (
            <EmptyState icon="person" title={t('administration.exceptions.ask.nobody')} help={t('administration.exceptions.ask.nobodyHelp')} />
          ) : (
            <>
              <SelectField
                name="personId"
                label={t('administration.exceptions.ask.person')}
                options={people.map(({ id, displayName, unitName }) => ({ value: id, name: t('administration.exceptions.ask.personOf', { name: displayName, unit: unitName }) }))}
                value={person.id}
                onChange={(personId) => setChosen({ personId, dutyId: '' })}
              />
              <SelectField name="dutyId" label={t('administration.exceptions.ask.duty')} options={person.duties.map(({ id, name }) => ({ value: id, name }))} value={duty?.id ?? ''} onChange={(dutyId) => setChosen({ ...chosen, personId: person.id, dutyId })} />
              <SelectField name="hours" label={t('administration.exceptions.length')} options={hours.map((count) => ({ value: String(count), name: t('administration.exceptions.ask.hours', { count }) }))} value={length} onChange={setLength} />
              <ReasonField value={reason} onChange={setReason} missing={checked && reason.trim() === ''} />
            </>
          )
        }
      </Asked>
    </FormDialog>
  );
}
