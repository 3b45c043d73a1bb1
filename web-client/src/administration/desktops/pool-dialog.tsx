import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DesktopDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { poolRecords } from '../queries.ts';
import { useDesktopChange } from './use-desktop-change.ts';

/** Into a pool, into another, or out of any. */
export function PoolDialog({ desktop, onClose }: { desktop: DesktopDetails; onClose: () => void }) {
  const { t } = useTexts();
  const { data } = useQuery(poolRecords);
  const [poolId, setPoolId] = useState(desktop.pool?.id ?? '');
  const change = useDesktopChange({
    change: (wanted: string) => call<DesktopDetails>('PUT', `/api/desktop-records/${desktop.id}/pool`, { poolId: wanted === '' ? null : wanted }),
    said: ({ pool, name }) => ({ text: pool === null ? t('administration.desktops.setPool.out', { name }) : t('administration.desktops.setPool.done', { name, pool: pool.name }) }),
    onDone: onClose,
  });
  const chosen = data?.items.find(({ id }) => id === poolId);
  const pools = data?.items ?? (desktop.pool === null ? [] : [desktop.pool]);
  return (
    <FormDialog title={t('administration.desktops.setPool.title', { name: desktop.name })} confirm={t('console.save')} isPending={change.isPending} error={change.error} onClose={onClose} onSubmit={() => change.mutate(poolId)}>
      <SelectField
        name="poolId"
        label={t('administration.desktops.pool')}
        description={t('administration.desktops.setPool.help')}
        options={[{ value: '', name: t('administration.desktops.noPool') }, ...pools.map(({ id, name }) => ({ value: id, name }))]}
        value={poolId}
        onChange={setPoolId}
      />
      {chosen?.suitable === false && (
        <Notice tone="warning" live title={t('administration.pools.unsuitable.title')}>
          <p>{t('administration.pools.unsuitable.help')}</p>
        </Notice>
      )}
    </FormDialog>
  );
}
