import { useState } from 'react';
import type { Lease, PoolView, User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { OwnActions } from './card-actions.tsx';
import { continueSession } from './continue-session.ts';
import { DutyChoice } from './duty-choice.tsx';
import { EntranceDialogs } from './entrance-dialogs.tsx';
import { MonitorPicture } from './monitor-picture.tsx';
import { heldDuty, rememberDuty, rememberedDuty } from './remembered-duty.ts';
import { useEntrance } from './use-entrance.ts';

/** A pool looks like a desktop in the same state. */
const looks = { ready: 'ready', 'in-use-by-me': 'in-use-by-me', full: 'in-use', disabled: 'disabled' } as const;
const icons: Record<PoolView['state'], IconName> = { ready: 'check', 'in-use-by-me': 'monitor', full: 'person', disabled: 'stop' };

/** Several desktops of which one is chosen for the person. */
export function PoolCard({ pool, user }: { pool: PoolView; user: User }) {
  const { t } = useTexts();
  const { duties } = user;
  const entrance = useEntrance({ wanted: { poolId: pool.id }, credentials: pool.credentials });
  const [chosen, setChosen] = useState<string>();
  const dutyId = heldDuty(chosen, duties) ?? rememberedDuty(localStorage, pool.id, duties);
  const title = `pool-${pool.id}`;
  const open = (): void => {
    if (dutyId === undefined) return;
    rememberDuty(localStorage, pool.id, dutyId);
    entrance.open(dutyId);
  };
  /** A session that moves here stays what it is for. */
  const move = (instead?: Lease): void => {
    const wanted = heldDuty(instead?.dutyId, duties) ?? dutyId;
    if (wanted !== undefined) entrance.open(wanted, instead?.id);
  };
  const proceed = (leaseId: string, lease: Lease | undefined): void => continueSession({ leaseId, lease }, { credentials: pool.credentials, duties, enter: entrance.open, show: go });
  const look = looks[pool.state];
  return (
    <article className={`card card-${look}`} aria-labelledby={title}>
      <div className="card-head">
        <MonitorPicture state={look} />
        <div>
          <h2 id={title}>{pool.name}</h2>
          <p className={`badge badge-${look}`}>
            <Icon name={icons[pool.state]} />
            {t(`pools.${pool.state}.name`)}
          </p>
        </div>
      </div>
      <p className="card-help">{t(`pools.${pool.state}.help`)}</p>
      {duties.length > 1 && pool.state !== 'in-use-by-me' && pool.state !== 'disabled' && <DutyChoice desktop={pool.name} duties={duties} chosen={dutyId} onChoose={setChosen} />}
      {pool.state === 'in-use-by-me' && pool.leaseId !== undefined ? (
        <OwnActions leaseId={pool.leaseId} name={pool.name} busy={entrance.busy} onOpen={move} onContinue={proceed} />
      ) : (
        pool.state !== 'disabled' && (
          <div className="card-actions">
            <Button icon="arrow" look={pool.state === 'full' ? 'outline' : 'solid'} isPending={entrance.busy} isDisabled={dutyId === undefined} onPress={open} aria-label={t('desktop.openNamed', { name: pool.name })}>
              {entrance.busy ? t('desktop.opening') : pool.state === 'full' ? t('desktop.try') : t('desktop.open')}
            </Button>
          </div>
        )
      )}
      <EntranceDialogs entrance={entrance} goal={{ name: pool.name, protocol: 'rdp' }} user={user} />
    </article>
  );
}
