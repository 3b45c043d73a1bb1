import { useState } from 'react';
import type { ApprovedBypass, Bypass } from '../../../../gateway/http/schemas/index.ts';
import { duration } from '../../console/duration.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useNow } from '../../console/use-now.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { ApproveDialog, EndDialog } from './decide-dialogs.tsx';

/** One that is open: who, where, who vouches, and what can be done about it. */
export function BypassCard({ bypass, onApproved }: { bypass: Bypass; onApproved: (approved: ApprovedBypass) => void }) {
  const { t, language } = useTexts();
  const now = useNow();
  const [asks, setAsks] = useState<'approve' | 'end' | null>(null);
  const { person, shelter, voucher, reachedBy, reason, issuedBy, issuedAt, approvedBy, asDeputy, usedAt, usedFrom, state, may } = bypass;
  const name = t('administration.bypass.of', { person: person.displayName, shelter });
  const until = state === 'waiting' ? bypass.closesAt : state === 'usable' ? bypass.redeemUntil : bypass.until;
  return (
    <article className="panel" aria-label={name}>
      <div className="panel-head">
        <h3>{name}</h3>
        {state === 'waiting' ? (
          <StatusBadge tone="info" icon="clock">
            {t('administration.bypass.state.waiting')}
          </StatusBadge>
        ) : (
          <StatusBadge tone="warning">{t(`administration.bypass.state.${state}`)}</StatusBadge>
        )}
      </div>
      <dl className="facts">
        <dt>{t('administration.bypass.unit')}</dt>
        <dd>{person.unitName}</dd>
        <dt>{t('administration.bypass.voucher')}</dt>
        <dd>{t('administration.bypass.reached', { name: voucher.displayName, by: reachedBy })}</dd>
        <dt>{t('administration.bypass.reason')}</dt>
        <dd>{reason}</dd>
        <dt>{t('administration.bypass.issuedBy')}</dt>
        <dd>{t('administration.level.proposals.byAt', { name: issuedBy.displayName, time: dayAndTime(issuedAt, language) })}</dd>
        {approvedBy !== undefined && (
          <>
            <dt>{t('administration.bypass.approvedBy')}</dt>
            <dd>{t(asDeputy === true ? 'administration.bypass.deputy' : 'administration.bypass.named', { name: approvedBy.displayName })}</dd>
          </>
        )}
        {usedAt !== undefined && (
          <>
            <dt>{t('administration.bypass.used')}</dt>
            <dd>{t('administration.bypass.usedFrom', { time: dayAndTime(usedAt, language), address: usedFrom ?? '' })}</dd>
          </>
        )}
        {until !== undefined && (
          <>
            <dt>{t(`administration.bypass.until.${state === 'waiting' ? 'approve' : state === 'usable' ? 'use' : 'session'}`)}</dt>
            <dd>{t('administration.level.untilLeft', { time: dayAndTime(until, language), left: duration(t, Math.max(0, (Date.parse(until) - now) / 1000)) })}</dd>
          </>
        )}
      </dl>
      <div className="row-actions">
        {may.approve && (
          <Button icon="check" onPress={() => setAsks('approve')}>
            {t('administration.bypass.approve.open')}
          </Button>
        )}
        {may.end && (
          <Button look="outline" icon="cross" onPress={() => setAsks('end')}>
            {t(state === 'in-use' ? 'administration.bypass.end.stop' : 'administration.bypass.end.withdraw')}
          </Button>
        )}
      </div>
      {asks === 'approve' && <ApproveDialog bypass={bypass} onApproved={onApproved} onClose={() => setAsks(null)} />}
      {asks === 'end' && <EndDialog bypass={bypass} onClose={() => setAsks(null)} />}
    </article>
  );
}
