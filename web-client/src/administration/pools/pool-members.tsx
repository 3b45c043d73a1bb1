import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PoolListed } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ChoosePersonDialog } from '../people/choose-person-dialog.tsx';
import { units } from '../../console/units.ts';
import { usePoolChange } from './use-pool-change.ts';

type Member = { readonly kind: 'people' | 'units'; readonly id: string; readonly name: string };

/** The people and units that may use a pool. Both ways are one press, since each takes back the other. */
export function PoolMembers({ pool, mayManage }: { pool: PoolListed; mayManage: boolean }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<Member['kind'] | null>(null);
  const { assign, unassign } = useMembership(pool.id);
  const members: readonly Member[] = [...pool.units.map(({ id, name }) => ({ kind: 'units', id, name }) as const), ...pool.people.map(({ id, username }) => ({ kind: 'people', id, name: username }) as const)];
  return (
    <div className="members">
      <div className="panel-head">
        <h3>{t('administration.pools.members')}</h3>
        {mayManage && (
          <span className="row-actions">
            <Button look="outline" size="small" icon="plus" onPress={() => setOpen('units')} aria-label={t('administration.pools.addUnitNamed', { name: pool.name })}>
              {t('administration.pools.addUnit')}
            </Button>
            <Button look="outline" size="small" icon="plus" onPress={() => setOpen('people')} aria-label={t('administration.pools.addPersonNamed', { name: pool.name })}>
              {t('administration.pools.addPerson')}
            </Button>
          </span>
        )}
      </div>
      {members.length === 0 && <p className="soft">{t('administration.pools.nobody')}</p>}
      {unassign.error !== null && <ProblemNotice error={unassign.error} />}
      <ul className="rows" role="list">
        {members.map((member) => (
          <li key={`${member.kind} ${member.id}`}>
            <span>
              <strong>{member.name}</strong> <span className="soft">{t(`administration.pools.kind.${member.kind}`)}</span>
            </span>
            {mayManage && (
              <Button look="outline" size="small" isPending={unassign.isPending} onPress={() => unassign.mutate(member)} aria-label={t('administration.pools.removeNamed', { name: member.name, pool: pool.name })}>
                {t('administration.people.assign.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open === 'people' && (
        <ChoosePersonDialog
          title={t('administration.pools.personTitle', { name: pool.name })}
          taken={pool.people.map(({ id }) => id)}
          isPending={assign.isPending}
          error={assign.error}
          onChosen={({ id, displayName }) => assign.mutate({ kind: 'people', id, name: displayName })}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'units' && <UnitDialog pool={pool} assign={assign} onClose={() => setOpen(null)} />}
    </div>
  );
}

function UnitDialog({ pool, assign, onClose }: { pool: PoolListed; assign: ReturnType<typeof useMembership>['assign']; onClose: () => void }) {
  const { t } = useTexts();
  const { data } = useQuery(units);
  const [unitId, setUnitId] = useState('');
  const [checked, setChecked] = useState(false);
  const choices = (data?.items ?? []).filter(({ id }) => !pool.units.some((unit) => unit.id === id));
  const chosen = choices.find(({ id }) => id === unitId);
  return (
    <FormDialog
      title={t('administration.pools.unitTitle', { name: pool.name })}
      confirm={t('administration.people.choose.add')}
      isPending={assign.isPending}
      error={assign.error}
      onClose={onClose}
      onSubmit={() => (chosen === undefined ? setChecked(true) : assign.mutate({ kind: 'units', id: chosen.id, name: chosen.name }, { onSuccess: onClose }))}
    >
      <SelectField
        name="unitId"
        label={t('administration.people.unit')}
        description={t('administration.pools.unitHelp')}
        error={checked && chosen === undefined ? t('console.choose') : undefined}
        options={[{ value: '', name: t('console.choose') }, ...choices.map(({ id, path }) => ({ value: id, name: path }))]}
        value={unitId}
        onChange={setUnitId}
      />
    </FormDialog>
  );
}

function useMembership(poolId: string) {
  const { t } = useTexts();
  const path = ({ kind, id }: Member) => `/api/pool-records/${poolId}/${kind}/${id}` as const;
  const assign = usePoolChange({
    change: (member: Member) => call<PoolListed>('PUT', path(member), {}),
    said: (_pool, { name }) => ({ text: t('administration.pools.added', { name }) }),
  });
  const unassign = usePoolChange({
    change: (member: Member) => call<PoolListed>('DELETE', path(member)),
    said: (_pool, member) => ({ text: t('administration.pools.removed', { name: member.name }), undo: () => assign.mutate(member) }),
  });
  return { assign, unassign };
}
