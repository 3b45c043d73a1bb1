import { useState } from 'react';
import type { LevelProposal, Situation } from '../../../../gateway/http/schemas/index.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { ApproveDialog } from './approve-dialog.tsx';
import { ProposeDialog } from './propose-dialog.tsx';
import { ProvisionalDialog } from './provisional-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** Proposals that wait for a second person. */
export function Proposals({ situation }: { situation: Situation }) {
  const { t } = useTexts();
  if (situation.proposals.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="proposals-title">
      <h2 id="proposals-title" className="section-title">
        {t('administration.level.proposals.title')}
      </h2>
      {situation.proposals.map((proposal) => (
        <Proposal key={proposal.id} proposal={proposal} situation={situation} />
      ))}
    </section>
  );
}

type Asks = 'approve' | 'change' | 'provisional' | 'withdraw';

function Proposal({ proposal, situation: { may, inForce, expiresAfter } }: { proposal: LevelProposal; situation: Situation }) {
  const { t, language } = useTexts();
  const [asks, setAsks] = useState<Asks | null>(null);
  const { level, event, onset, reason, until, proposedBy, proposedAt, closesAt, own, supersedes, provisionalUntil } = proposal;
  const close = (): void => setAsks(null);
  const mayActAlone = own && may.provisional && provisionalUntil === undefined && level !== inForce.level;
  const name = t(`level.${level}.name`);
  return (
    <article className="panel proposal" aria-label={t('administration.level.proposals.of', { name })}>
      <div className="panel-head">
        <h3>{level === inForce.level ? t('administration.level.proposals.extend', { name }) : name}</h3>
        {provisionalUntil === undefined ? <StatusBadge tone="info" icon="clock">{t('administration.level.proposals.waiting')}</StatusBadge> : <StatusBadge tone="warning">{t('administration.level.proposals.provisional', { time: dayAndTime(provisionalUntil, language) })}</StatusBadge>}
      </div>
      <dl className="facts">
        <dt>{t('administration.level.proposals.by')}</dt>
        <dd>{t('administration.level.proposals.byAt', { name: proposedBy.displayName, time: dayAndTime(proposedAt, language) })}</dd>
        <dt>{t('administration.level.event')}</dt>
        <dd>{t('administration.level.proposals.eventAt', { event: t(`level.events.${event}`), time: dayAndTime(onset, language) })}</dd>
        <dt>{t('administration.level.reason')}</dt>
        <dd>{reason}</dd>
        <dt>{t('administration.level.until')}</dt>
        <dd>{dayAndTime(until, language)}</dd>
        <dt>{t('administration.level.proposals.closes')}</dt>
        <dd>{dayAndTime(closesAt, language)}</dd>
      </dl>
      {supersedes && (
        <p className="superseded">
          <strong>{t('administration.level.proposals.changed')}</strong>{' '}
          {t('administration.level.proposals.before', { name: t(`level.${supersedes.level}.name`), until: dayAndTime(supersedes.until, language), person: supersedes.proposedBy, time: dayAndTime(supersedes.proposedAt, language), reason: supersedes.reason })}
        </p>
      )}
      <p className="soft">{t(`administration.level.proposals.${mayActAlone ? 'ownAloneHelp' : own ? 'ownHelp' : may.approve ? 'othersHelp' : 'noRightHelp'}`)}</p>
      <div className="row-actions">
        {may.approve && !own && (
          <Button icon="check" onPress={() => setAsks('approve')}>
            {t('administration.level.approve.open')}
          </Button>
        )}
        {mayActAlone && (
          <Button look="outline" icon="clock" onPress={() => setAsks('provisional')}>
            {t('administration.level.provisional.open')}
          </Button>
        )}
        {may.propose && (own || may.approve) && (
          <Button look="outline" onPress={() => setAsks('change')}>
            {t('administration.level.change.open')}
          </Button>
        )}
        {(own || may.approve) && (
          <Button look="outline" icon="cross" onPress={() => setAsks('withdraw')}>
            {t(own ? 'administration.level.withdraw.open' : 'administration.level.withdraw.reject')}
          </Button>
        )}
      </div>
      {asks === 'approve' && <ApproveDialog proposal={proposal} onClose={close} />}
      {asks === 'change' && <ProposeDialog inForce={inForce} expiresAfter={expiresAfter} changes={proposal} onClose={close} />}
      {asks === 'provisional' && <ProvisionalDialog proposal={proposal} onClose={close} />}
      {asks === 'withdraw' && <WithdrawDialog proposal={proposal} base={inForce.level} onClose={close} />}
    </article>
  );
}
