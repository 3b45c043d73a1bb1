import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { activeDuties } from '../queries.ts';
import { usePersonChange } from './use-person-change.ts';

type Held = PersonDetails['duties'][number];

/** The duties a person may work on. */
export function PersonDuties({ person, mayAssign }: { person: PersonDetails; mayAssign: boolean }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<'assign' | Held | null>(null);
  return (
    <section className="panel" aria-labelledby="person-duties-title">
      <div className="panel-head">
        <h2 id="person-duties-title">{t('administration.people.duties')}</h2>
        {mayAssign && (
          <Button look="outline" size="small" icon="plus" onPress={() => setOpen('assign')}>
            {t('administration.people.assign.open')}
          </Button>
        )}
      </div>
      {person.duties.length === 0 && <p className="soft">{t('administration.people.assign.none')}</p>}
      <ul className="rows" role="list">
        {person.duties.map((duty) => (
          <li key={duty.id}>
            <span>
              <ClassBadge of={duty.class} /> <strong>{duty.name}</strong>
            </span>
            {mayAssign && (
              <Button look="outline" size="small" onPress={() => setOpen(duty)} aria-label={t('administration.people.assign.removeNamed', { name: duty.name })}>
                {t('administration.people.assign.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open === 'assign' && <AssignDialog person={person} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'assign' && <UnassignDialog person={person} duty={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

const assignment = (personId: string, dutyId: string) => `/api/people/${personId}/duties/${dutyId}` as const;

function AssignDialog({ person, onClose }: { person: PersonDetails; onClose: () => void }) {
  const { t } = useTexts();
  const { data } = useQuery(activeDuties);
  const [dutyId, setDutyId] = useState('');
  const [checked, setChecked] = useState(false);
  const choices = (data?.items ?? []).filter(({ id }) => !person.duties.some((held) => held.id === id));
  const unassign = usePersonChange({ change: (id: string) => call<PersonDetails>('DELETE', assignment(person.id, id)), said: () => ({ text: t('administration.people.assign.removed') }) });
  const assign = usePersonChange({
    change: (id: string) => call<PersonDetails>('PUT', assignment(person.id, id), {}),
    said: (_person, id) => ({ text: t('administration.people.assign.done'), undo: () => unassign.mutate(id) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.people.assign.title', { name: person.displayName })}
      confirm={t('administration.people.assign.confirm')}
      isPending={assign.isPending}
      error={assign.error}
      onClose={onClose}
      onSubmit={() => (dutyId === '' ? setChecked(true) : assign.mutate(dutyId))}
    >
      <SelectField
        name="dutyId"
        label={t('administration.people.assign.duty')}
        error={checked && dutyId === '' ? t('console.choose') : undefined}
        options={[{ value: '', name: t('console.choose') }, ...choices.map((duty) => ({ value: duty.id, name: `${duty.class} ${duty.name}` }))]}
        value={dutyId}
        onChange={setDutyId}
      />
    </FormDialog>
  );
}

function UnassignDialog({ person, duty, onClose }: { person: PersonDetails; duty: Held; onClose: () => void }) {
  const { t } = useTexts();
  const assign = usePersonChange({ change: () => call<PersonDetails>('PUT', assignment(person.id, duty.id), {}), said: () => ({ text: t('administration.people.assign.done') }) });
  const unassign = usePersonChange({
    change: () => call<PersonDetails>('DELETE', assignment(person.id, duty.id)),
    said: () => ({ text: t('administration.people.assign.removed'), undo: () => assign.mutate() }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t('administration.people.assign.removeTitle', { name: duty.name })}
      confirm={t('administration.people.assign.remove')}
      look="danger"
      isPending={unassign.isPending}
      error={unassign.error}
      onConfirm={() => unassign.mutate()}
      onClose={onClose}
    >
      <p>{t('administration.people.assign.removeHelp', { person: person.displayName })}</p>
    </ConfirmDialog>
  );
}
