import { useState } from 'react';
import { Link } from 'react-aria-components';
import type { Delegation, OwnDuties, OwnDuty } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { ClassBadge } from '../console/class-badge.tsx';
import { StatusBadge } from '../console/status-badge.tsx';
import { useChange } from '../console/use-change.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { dutyState } from './state.ts';

/** One duty: whether it can be done from here now, until or from when, and who else has it. */
export function DutyCard({ duty, own: { delegation, device } }: { duty: OwnDuty; own: Pick<OwnDuties, 'delegation' | 'device'> }) {
  const { t, language } = useTexts();
  const [handing, setHanding] = useState(false);
  const { tone, key } = dutyState(duty);
  const { notTeleworkable, receivedFrom, handedTo, opensAt, closesAt, days } = duty;
  const time = (at: string): string => dayAndTime(at, language);
  return (
    <article className="panel duty-card" aria-labelledby={`duty-${duty.id}`}>
      <div className="panel-head">
        <h3 id={`duty-${duty.id}`}>{duty.name}</h3>
        <StatusBadge tone={tone}>{t(`duties.state.${key}`)}</StatusBadge>
      </div>
      <p className="duty-facts">
        <ClassBadge of={duty.class} meaning /> <span className="soft">{t(`console.zone.${duty.zone}`)}</span>
      </p>
      {notTeleworkable && (
        <p>
          <strong>{t('duties.notTeleworkable')}</strong> {notTeleworkable[language]}
        </p>
      )}
      {(duty.reasons.length > 1 || key === 'refused') && (
        <ul className="duty-reasons">
          {duty.reasons.map((reason) => (
            <li key={reason}>{t(`codes.${reason}.title`)}</li>
          ))}
        </ul>
      )}
      {duty.onDevice === true && <p>{t('duties.device.here')}</p>}
      {duty.reasons.includes('registered-device-required') && <DeviceHelp mayRegister={device === 'to-register'} />}
      {opensAt !== undefined && <p>{t('duties.opensAt', { time: time(opensAt) })}</p>}
      {closesAt !== undefined && duty.reasons.length === 0 && <p>{t('duties.closesAt', { time: time(closesAt) })}</p>}
      {days?.week && <p>{t('duties.daysOfWeek', days.week)}</p>}
      {days?.month && <p>{t('duties.daysOfMonth', days.month)}</p>}
      {duty.lifted.length > 0 && <p className="soft">{t('duties.lifted', { rules: duty.lifted.map((rule) => t(`lifted.${rule}`)).join(t('duties.and')) })}</p>}
      {receivedFrom && <p>{t('duties.receivedFrom', { name: receivedFrom.displayName, time: time(receivedFrom.until) })}</p>}
      {handedTo.map(({ delegationId, displayName, from, until }) => (
        <p key={delegationId}>{t('duties.handedTo', { name: displayName, from: time(from), until: time(until) })}</p>
      ))}
      <div className="row-actions">
        {receivedFrom && <EndButton delegationId={receivedFrom.delegationId} way="giveBack" duty={duty.name} />}
        {handedTo.map(({ delegationId, displayName }) => (
          <EndButton key={delegationId} delegationId={delegationId} way="takeBack" duty={duty.name} from={displayName} />
        ))}
        {delegation && !receivedFrom && (
          <Button look="outline" size="small" onPress={() => setHanding(true)} aria-label={t('duties.handOver.named', { name: duty.name })}>
            {t('duties.handOver.open')}
          </Button>
        )}
      </div>
      {handing && delegation && <HandOverDialog duty={duty} longest={delegation.longest} onClose={() => setHanding(false)} />}
    </article>
  );
}

/** How the person comes to the device that the duty asks for. */
function DeviceHelp({ mayRegister }: { mayRegister: boolean }) {
  const { t } = useTexts();
  if (!mayRegister) return <p>{t('duties.device.none')}</p>;
  return (
    <p>
      {t('duties.device.help')}{' '}
      <Link href="/security">{t('duties.device.register')}</Link>
    </p>
  );
}

/** Ends a delegation at once. Sessions that rest on it end with it, which the text beside says. */
function EndButton({ delegationId, way, duty, from = '' }: { delegationId: string; way: 'giveBack' | 'takeBack'; duty: string; from?: string }) {
  const { t } = useTexts();
  const end = useChange<Delegation>({
    change: () => call<Delegation>('POST', `/api/me/delegations/${delegationId}/end`, {}),
    refresh: [['own-duties'], ['me']],
    said: () => ({ text: t(`duties.${way}.done`, { duty }) }),
  });
  return (
    <>
      <Button look="outline" size="small" isPending={end.isPending} onPress={() => end.mutate()} aria-label={t(`duties.${way}.named`, { duty, name: from })}>
        {t(`duties.${way}.open`)}
      </Button>
      {end.error !== null && <ProblemNotice error={end.error} />}
    </>
  );
}
