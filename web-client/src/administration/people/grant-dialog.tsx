import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonDetails, RoleGrant } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { units } from '../../console/units.ts';
import { conflictsWith, roles, type Role } from './role-conflicts.ts';
import { usePersonChange } from './use-person-change.ts';

/** A further role, for the whole organisation or for a unit and below. What cannot be held together is said before it is sent. */
export function GrantDialog({ person, onClose }: { person: PersonDetails; onClose: () => void }) {
  const { t } = useTexts();
  const { data } = useQuery(units);
  const [role, setRole] = useState<Role>(roles.find((one) => !person.roles.includes(one)) ?? 'staff');
  const [unitId, setUnitId] = useState('');
  const conflicts = conflictsWith(role, person.roles);
  const grant = usePersonChange({
    change: (wanted: RoleGrant) => call<PersonDetails>('POST', `/api/people/${person.id}/roles`, wanted),
    said: () => ({ text: t('administration.people.grants.done', { role: t(`console.role.${role}`) }) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.people.grants.title', { name: person.displayName })}
      confirm={t('administration.people.grants.confirm')}
      isBlocked={conflicts.length > 0}
      isPending={grant.isPending}
      error={grant.error}
      onClose={onClose}
      onSubmit={() => grant.mutate({ role, unitId: unitId === '' ? null : unitId })}
    >
      <SelectField
        name="role"
        label={t('administration.people.grants.role')}
        description={t(`administration.people.roleHelp.${role}`)}
        options={roles.map((one) => ({ value: one, name: t(`console.role.${one}`) }))}
        value={role}
        onChange={(value) => setRole(value as Role)}
      />
      <SelectField
        name="unitId"
        label={t('administration.people.grants.reach')}
        description={t('administration.people.grants.reachHelp')}
        options={[{ value: '', name: t('administration.people.grants.whole') }, ...(data?.items ?? []).map(({ id, path }) => ({ value: id, name: path }))]}
        value={unitId}
        onChange={setUnitId}
      />
      {conflicts.length > 0 && (
        <Notice tone="warning" live title={t('administration.people.grants.conflictTitle')}>
          <p>{t('administration.people.grants.conflict', { role: t(`console.role.${role}`), others: conflicts.map((other) => t(`console.role.${other}`)).join(t('administration.level.effect.comma')) })}</p>
        </Notice>
      )}
    </FormDialog>
  );
}
