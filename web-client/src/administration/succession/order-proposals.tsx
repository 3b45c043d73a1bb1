import { useState } from 'react';
import type { Succession } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { useSuccessionChange } from './use-succession-change.ts';

type Proposal = Succession['proposals'][number];
type Decision = 'approve' | 'withdraw' | 'reject';

/** Orders that wait for a second person. */
export function OrderProposals({ proposals, may }: Pick<Succession, 'proposals' | 'may'>) {
  return proposals.map((proposal) => <OrderProposal key={proposal.id} proposal={proposal} may={may} />);
}

function OrderProposal({ proposal, may }: { proposal: Proposal; may: Succession['may'] }) {
  const { t, language } = useTexts();
  const [asks, setAsks] = useState<Decision | null>(null);
  const { people, reason, proposedBy, proposedAt, closesAt, own } = proposal;
  return (
    <article className="panel" aria-label={t('administration.succession.change.waiting')}>
      <div className="panel-head">
        <h3>{t('administration.succession.change.waiting')}</h3>
        <StatusBadge tone="info" icon="clock">{t('administration.level.proposals.waiting')}</StatusBadge>
      </div>
      <People people={people} />
      <dl className="facts">
        <dt>{t('administration.level.proposals.by')}</dt>
        <dd>{t('administration.level.proposals.byAt', { name: proposedBy.displayName, time: dayAndTime(proposedAt, language) })}</dd>
        <dt>{t('administration.level.reason')}</dt>
        <dd>{reason}</dd>
        <dt>{t('administration.level.proposals.closes')}</dt>
        <dd>{dayAndTime(closesAt, language)}</dd>
      </dl>
      <p className="soft">{t(`administration.succession.change.${own ? 'ownHelp' : may.approve ? 'othersHelp' : 'noRightHelp'}`)}</p>
      <div className="row-actions">
        {may.approve && !own && (
          <Button icon="check" onPress={() => setAsks('approve')}>
            {t('administration.succession.change.approve')}
          </Button>
        )}
        {(own || may.approve) && (
          <Button look="outline" icon="cross" onPress={() => setAsks(own ? 'withdraw' : 'reject')}>
            {t(own ? 'administration.level.withdraw.open' : 'administration.level.withdraw.reject')}
          </Button>
        )}
      </div>
      {asks !== null && <DecideDialog proposal={proposal} decision={asks} onClose={() => setAsks(null)} />}
    </article>
  );
}

function DecideDialog({ proposal: { id, people, proposedBy }, decision, onClose }: { proposal: Proposal; decision: Decision; onClose: () => void }) {
  const { t } = useTexts();
  const decide = useSuccessionChange({
    change: () => (decision === 'approve' ? call<Succession>('POST', `/api/succession/orders/${id}/approval`, {}) : call<Succession>('DELETE', `/api/succession/orders/${id}`)),
    said: t(`administration.succession.change.${decision}Done`),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t(`administration.succession.change.${decision}Title`)}
      confirm={t(`administration.succession.change.${decision}Confirm`)}
      isPending={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate()}
      onClose={onClose}
    >
      <p>{t(`administration.succession.change.${decision}Help`, { name: proposedBy.displayName })}</p>
      <People people={people} />
    </ConfirmDialog>
  );
}

function People({ people }: { people: Proposal['people'] }) {
  const { t } = useTexts();
  if (people.length === 0) return <p>{t('administration.succession.empty')}</p>;
  return (
    <ol className="succession">
      {people.map(({ id, displayName, unitName }) => (
        <li key={id}>
          <span className="row-text">
            <strong>{displayName}</strong>
            <small>{unitName}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}
