import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { User, ZoneException } from '../../../../gateway/http/schemas/index.ts';
import { Asked } from '../../console/asked.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { duration } from '../../console/duration.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useNow } from '../../console/use-now.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { openExceptions } from '../queries.ts';
import { AskDialog } from './ask-dialog.tsx';
import { AgreeDialog, EndDialog } from './decide-dialogs.tsx';

/** My Number exceptions that wait for a second person or hold. */
export function Exceptions({ user }: { user: User }) {
  const { t } = useTexts();
  const found = useQuery(openExceptions);
  const [asking, setAsking] = useState(false);
  return (
    <section className="stack" aria-labelledby="exceptions-title">
      <div className="panel-head">
        <h2 id="exceptions-title" className="section-title">
          {t('administration.exceptions.title')}
        </h2>
        {user.may.includes('exceptions.ask') && (
          <Button look="outline" icon="plus" onPress={() => setAsking(true)}>
            {t('administration.exceptions.ask.open')}
          </Button>
        )}
      </div>
      <Asked of={found}>
        {({ items }) =>
          items.length === 0 ? <EmptyState icon="check" title={t('administration.exceptions.empty')} help={t('administration.exceptions.emptyHelp')} /> : items.map((exception) => <Exception key={exception.id} exception={exception} />)
        }
      </Asked>
      {asking && <AskDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

function Exception({ exception }: { exception: ZoneException }) {
  const { t, language } = useTexts();
  const now = useNow();
  const [asks, setAsks] = useState<'agree' | 'end' | null>(null);
  const { person, duty, seconds, reason, askedBy, askedAt, closesAt, agreedBy, asDeputy, until, sessions, state, may } = exception;
  const name = t('administration.exceptions.of', { person: person.displayName, duty: duty.name });
  return (
    <article className="panel" aria-label={name}>
      <div className="panel-head">
        <h3>{name}</h3>
        {state === 'holds' ? <StatusBadge tone="warning">{t('administration.exceptions.holds')}</StatusBadge> : <StatusBadge tone="info" icon="clock">{t('administration.level.proposals.waiting')}</StatusBadge>}
      </div>
      <dl className="facts">
        <dt>{t('administration.exceptions.unit')}</dt>
        <dd>{person.unitName}</dd>
        <dt>{t('administration.exceptions.askedBy')}</dt>
        <dd>{t('administration.level.proposals.byAt', { name: askedBy.displayName, time: dayAndTime(askedAt, language) })}</dd>
        <dt>{t('administration.level.reason')}</dt>
        <dd>{reason}</dd>
        {agreedBy !== undefined && until !== undefined ? (
          <>
            <dt>{t('administration.exceptions.agreedBy')}</dt>
            <dd>{t(asDeputy === true ? 'administration.exceptions.deputy' : 'administration.exceptions.authority', { name: agreedBy.displayName })}</dd>
            <dt>{t('administration.level.until')}</dt>
            <dd>{t('administration.level.untilLeft', { time: dayAndTime(until, language), left: duration(t, (Date.parse(until) - now) / 1000) })}</dd>
            <dt>{t('administration.exceptions.sessions')}</dt>
            <dd>{sessions}</dd>
          </>
        ) : (
          <>
            <dt>{t('administration.exceptions.length')}</dt>
            <dd>{duration(t, seconds)}</dd>
            <dt>{t('administration.level.proposals.closes')}</dt>
            <dd>{dayAndTime(closesAt, language)}</dd>
          </>
        )}
      </dl>
      <div className="row-actions">
        {may.agree && (
          <Button icon="check" onPress={() => setAsks('agree')}>
            {t('administration.exceptions.agree.open')}
          </Button>
        )}
        {may.end && (
          <Button look="outline" icon="cross" onPress={() => setAsks('end')}>
            {t(state === 'holds' ? 'administration.exceptions.end.revoke' : 'administration.exceptions.end.withdraw')}
          </Button>
        )}
      </div>
      {asks === 'agree' && <AgreeDialog exception={exception} onClose={() => setAsks(null)} />}
      {asks === 'end' && <EndDialog exception={exception} onClose={() => setAsks(null)} />}
    </article>
  );
}
