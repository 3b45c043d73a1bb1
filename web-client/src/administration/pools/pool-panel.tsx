import { useState } from 'react';
import { Link } from 'react-aria-components';
import type { PoolListed } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EditPoolDialog } from './edit-pool-dialog.tsx';
import { PoolMembers } from './pool-members.tsx';
import { usePoolChange } from './use-pool-change.ts';

/** One pool: its seats, what keeps one person's screen from the next, and who may use it. */
export function PoolPanel({ pool, mayManage }: { pool: PoolListed; mayManage: boolean }) {
  const { t } = useTexts();
  const [changing, setChanging] = useState(false);
  const { id, name, status, logIn, cleanUp, seats, seatsTaken, desktops, suitable } = pool;
  const setStatus = usePoolChange({
    change: (wanted: PoolListed['status']) => call<PoolListed>('PUT', `/api/pool-records/${id}`, { status: wanted }),
    said: (_pool, wanted) => ({ text: t(`administration.pools.became.${wanted}`, { name }), undo: () => setStatus.mutate(wanted === 'active' ? 'disabled' : 'active') }),
  });
  return (
    <section className="panel" aria-labelledby={`pool-${id}`}>
      <div className="panel-head">
        <h2 id={`pool-${id}`}>{name}</h2>
        <StatusBadge tone={status === 'active' ? 'good' : 'off'}>{t(`administration.pools.is.${status}`)}</StatusBadge>
      </div>
      {!suitable && (
        <Notice tone="warning" title={t('administration.pools.unsuitable.title')}>
          <p>{t('administration.pools.unsuitable.help')}</p>
        </Notice>
      )}
      <dl className="facts">
        <dt>{t('administration.pools.seats')}</dt>
        <dd>{seats === null ? t('administration.pools.unlimited', { taken: seatsTaken }) : t('administration.level.seats.taken', { taken: seatsTaken, seats })}</dd>
        <dt>{t('administration.pools.desktops')}</dt>
        <dd>
          <Link href={`/administration/desktops?poolId=${id}`}>{t('administration.pools.desktopCount', { count: desktops })}</Link>
        </dd>
        <dt>{t('administration.pools.logIn')}</dt>
        <dd>{t(`administration.pools.logIns.${logIn}`)}</dd>
        <dt>{t('administration.pools.cleanUp')}</dt>
        <dd>{t(`administration.pools.cleanUps.${cleanUp}`)}</dd>
      </dl>
      <PoolMembers pool={pool} mayManage={mayManage} />
      {setStatus.error !== null && <ProblemNotice error={setStatus.error} />}
      {mayManage && (
        <div className="row-actions">
          <Button look="outline" size="small" onPress={() => setChanging(true)} aria-label={t('administration.pools.change.named', { name })}>
            {t('administration.pools.change.open')}
          </Button>
          <Button look="outline" size="small" isPending={setStatus.isPending} onPress={() => setStatus.mutate(status === 'active' ? 'disabled' : 'active')} aria-label={t(status === 'active' ? 'administration.pools.stopNamed' : 'administration.pools.startNamed', { name })}>
            {t(status === 'active' ? 'administration.pools.stop' : 'administration.pools.start')}
          </Button>
        </div>
      )}
      {changing && <EditPoolDialog pool={pool} onClose={() => setChanging(false)} />}
    </section>
  );
}
