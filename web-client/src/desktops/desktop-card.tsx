import { useState } from 'react';
import type { Desktop, Lease, User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { CardActions } from './card-actions.tsx';
import { continueSession } from './continue-session.ts';
import { DutyChoice } from './duty-choice.tsx';
import { EntranceDialogs } from './entrance-dialogs.tsx';
import { MonitorPicture } from './monitor-picture.tsx';
import { heldDuty, rememberDuty, rememberedDuty } from './remembered-duty.ts';
import { StateBadge } from './state-badge.tsx';
import { useEntrance } from './use-entrance.ts';

/** One desktop: what state it is in, and the way in that this state leaves. */
export function DesktopCard({ desktop, user }: { desktop: Desktop; user: User }) {
  const { t } = useTexts();
  const { duties } = user;
  const entrance = useEntrance({ wanted: { desktopId: desktop.id }, credentials: desktop.credentials });
  const [chosen, setChosen] = useState<string>();
  const dutyId = heldDuty(chosen, duties) ?? rememberedDuty(localStorage, desktop.id, duties);
  const title = `desktop-${desktop.id}`;

  /** A session that moves here stays what it is for; another duty is for the choice above the button. */
  const open = (instead?: Lease): void => {
    const wanted = heldDuty(instead?.dutyId, duties) ?? dutyId;
    if (wanted === undefined) return;
    if (instead === undefined) rememberDuty(localStorage, desktop.id, wanted);
    entrance.open(wanted, instead?.id);
  };
  const proceed = (leaseId: string, lease: Lease | undefined): void => continueSession({ leaseId, lease }, { credentials: desktop.credentials, duties, enter: entrance.open, show: go });
  return (
    <article className={`card card-${desktop.state}`} aria-labelledby={title}>
      <div className="card-head">
        <MonitorPicture state={desktop.state} />
        <div>
          <h2 id={title}>{desktop.name}</h2>
          <StateBadge state={desktop.state} />
        </div>
      </div>
      <p className="card-help">{t(`desktop.${desktop.state}.help`)}</p>
      {duties.length > 1 && (desktop.state === 'ready' || desktop.state === 'unreachable') && <DutyChoice desktop={desktop.name} duties={duties} chosen={dutyId} onChoose={setChosen} />}
      <CardActions desktop={desktop} busy={entrance.busy} noDuty={dutyId === undefined} onOpen={open} onContinue={proceed} />
      <EntranceDialogs entrance={entrance} goal={desktop} user={user} />
    </article>
  );
}
