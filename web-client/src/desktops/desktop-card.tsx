import { useState } from 'react';
import type { Desktop, Lease, User } from '../../../gateway/http/schemas.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { CardActions } from './card-actions.tsx';
import { CredentialsDialog } from './credentials-dialog.tsx';
import { DutyChoice } from './duty-choice.tsx';
import { MonitorPicture } from './monitor-picture.tsx';
import { dutyOf, rememberDuty, rememberedDuty } from './remembered-duty.ts';
import { RefusalDialog } from './refusal-dialog.tsx';
import { StateBadge } from './state-badge.tsx';
import { useOpening } from './use-opening.ts';

/** One desktop: what state it is in, and the way in that this state leaves. */
export function DesktopCard({ desktop, user: { duties, username } }: { desktop: Desktop; user: User }) {
  const { t } = useTexts();
  const opening = useOpening();
  const [asking, setAsking] = useState<{ desktopId: string; dutyId: string; instead?: string } | null>(null);
  const [dutyId, setDutyId] = useState(() => rememberedDuty(localStorage, desktop.id, duties));
  const title = `desktop-${desktop.id}`;

  const open = (instead?: string): void => {
    if (dutyId === undefined) return;
    rememberDuty(localStorage, desktop.id, dutyId);
    const wanted = { desktopId: desktop.id, dutyId, ...(instead !== undefined && { instead }) };
    if (desktop.credentials === 'ask') setAsking(wanted);
    else opening.mutate(wanted);
  };
  /** The page of the session says what is wrong with a lease that cannot be asked for again. */
  const proceed = (leaseId: string, lease: Lease | undefined): void => {
    const theirs = desktop.credentials === 'ask' && lease !== undefined && lease.state !== 'ended' ? dutyOf(lease, duties) : undefined;
    if (theirs === undefined) go(`/session/${leaseId}`);
    else setAsking({ desktopId: desktop.id, dutyId: theirs });
  };
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
      {duties.length > 1 && (desktop.state === 'ready' || desktop.state === 'unreachable') && <DutyChoice desktop={desktop.name} duties={duties} chosen={dutyId} onChoose={setDutyId} />}
      <CardActions desktop={desktop} busy={opening.isPending} noDuty={dutyId === undefined} onOpen={open} onContinue={proceed} />
      {asking !== null && (
        <CredentialsDialog
          desktop={desktop}
          ownName={username}
          onClose={() => setAsking(null)}
          onGiven={(credentials) => {
            setAsking(null);
            opening.mutate({ ...asking, credentials });
          }}
        />
      )}
      {opening.error !== null && <RefusalDialog desktop={desktop} error={opening.error} onClose={() => opening.reset()} />}
    </article>
  );
}
