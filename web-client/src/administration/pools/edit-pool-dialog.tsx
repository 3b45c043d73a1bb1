import { useState } from 'react';
import type { NewPool, PoolListed } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { usePoolChange } from './use-pool-change.ts';

/** A new pool, or another way to run one. Says when nobody would be let in like that. */
export function EditPoolDialog({ pool, onClose }: { pool?: PoolListed; onClose: () => void }) {
  const { t } = useTexts();
  const way = pool === undefined ? 'add' : 'change';
  const [given, setGiven] = useState({ name: pool?.name ?? '', logIn: pool?.logIn ?? 'personal', cleanUp: pool?.cleanUp ?? 'none', seats: pool?.seats === null || pool === undefined ? '' : String(pool.seats) });
  const [checked, setChecked] = useState(false);
  const seats = seatsOf(given.seats);
  const save = usePoolChange({
    change: (wanted: NewPool) => (pool === undefined ? call<PoolListed>('POST', '/api/pool-records', wanted) : call<PoolListed>('PUT', `/api/pool-records/${pool.id}`, wanted)),
    said: ({ name }) => ({ text: t(`administration.pools.${way}.done`, { name }) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t(`administration.pools.${way}.title`)}
      confirm={way === 'add' ? t('administration.pools.add.confirm') : t('console.save')}
      isPending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (given.name.trim() === '' || seats === undefined) setChecked(true);
        else save.mutate({ name: given.name.trim(), logIn: given.logIn, cleanUp: given.cleanUp, seats });
      }}
    >
      <TextField name="name" label={t('administration.pools.name')} value={given.name} onChange={(name) => setGiven({ ...given, name })} error={checked && given.name.trim() === '' ? t('console.missing') : undefined} maxLength={200} autoComplete="off" autoFocus />
      <SelectField
        name="logIn"
        label={t('administration.pools.logIn')}
        description={t(`administration.pools.logInHelp.${given.logIn}`)}
        options={(['personal', 'shared'] as const).map((value) => ({ value, name: t(`administration.pools.logIns.${value}`) }))}
        value={given.logIn}
        onChange={(value) => setGiven({ ...given, logIn: value === 'shared' ? 'shared' : 'personal' })}
      />
      <SelectField
        name="cleanUp"
        label={t('administration.pools.cleanUp')}
        options={(['none', 'proved'] as const).map((value) => ({ value, name: t(`administration.pools.cleanUps.${value}`) }))}
        value={given.cleanUp}
        onChange={(value) => setGiven({ ...given, cleanUp: value === 'proved' ? 'proved' : 'none' })}
      />
      <TextField
        name="seats"
        label={t('administration.pools.seatsLabel')}
        description={t('administration.pools.seatsHelp')}
        value={given.seats}
        onChange={(typed) => setGiven({ ...given, seats: typed })}
        error={seats === undefined ? t('administration.desktops.add.number') : undefined}
        inputMode="numeric"
        autoComplete="off"
      />
      {given.logIn === 'shared' && given.cleanUp === 'none' && (
        <Notice tone="warning" live title={t('administration.pools.unsuitable.title')}>
          <p>{t('administration.pools.unsuitable.help')}</p>
        </Notice>
      )}
    </FormDialog>
  );
}

/** Null: not limited. Undefined: no number of seats. */
function seatsOf(typed: string): number | null | undefined {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return null;
  return /^\d{1,6}$/u.test(text) ? Number(text) : undefined;
}
