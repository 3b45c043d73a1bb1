import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Succession } from '../../../../gateway/http/schemas/index.ts';
import { Asked } from '../../console/asked.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { succession } from '../queries.ts';
import { DeclareDialog } from './declare-dialog.tsx';
import { DeputyNotice } from './deputy-notice.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { OrderProposals } from './order-proposals.tsx';
import './succession.css';

/** Who may approve, who stands in for them and in which order, and who does so now. */
export function SuccessionPanel() {
  const { t } = useTexts();
  const found = useQuery(succession);
  return (
    <section className="stack" aria-labelledby="succession-title">
      <h2 id="succession-title" className="section-title">
        {t('administration.succession.title')}
      </h2>
      <Asked of={found}>{(now) => <Standing now={now} />}</Asked>
    </section>
  );
}

type Asks = 'order' | 'hand-over' | 'declare';

function Standing({ now }: { now: Succession }) {
  const { t } = useTexts();
  const [asks, setAsks] = useState<Asks | null>(null);
  const close = (): void => setAsks(null);
  const { heads, order, deputyship, may } = now;
  return (
    <>
      {deputyship && <DeputyNotice deputyship={deputyship} mayEnd={may.endDeputyship} />}
      <div className="panel">
        <dl className="facts">
          <dt>{t('administration.succession.heads')}</dt>
          <dd>{heads.length === 0 ? t('administration.succession.noHead') : heads.map(({ displayName }) => displayName).join(t('administration.level.effect.comma'))}</dd>
        </dl>
        <h3>{t('administration.succession.order')}</h3>
        {order.length === 0 ? (
          <EmptyState icon="person" title={t('administration.succession.empty')} help={t('administration.succession.emptyHelp')} />
        ) : (
          <ol className="succession">
            {order.map(({ id, displayName, unitName }) => (
              <li key={id}>
                <span className="row-text">
                  <strong>{displayName}</strong>
                  <small>{unitName}</small>
                </span>
                {deputyship?.deputy.id === id && <StatusBadge tone="warning">{t('administration.succession.acting')}</StatusBadge>}
              </li>
            ))}
          </ol>
        )}
        <p className="soft">{t('administration.succession.help')}</p>
        <div className="row-actions">
          {may.declare && (
            <Button icon="person" onPress={() => setAsks('declare')}>
              {t('administration.succession.declare.open')}
            </Button>
          )}
          {may.handOver && (
            <Button look="outline" icon="person" onPress={() => setAsks('hand-over')}>
              {t('administration.succession.handOver.open')}
            </Button>
          )}
          {may.propose && (
            <Button look="outline" onPress={() => setAsks('order')}>
              {t('administration.succession.change.open')}
            </Button>
          )}
        </div>
      </div>
      <OrderProposals proposals={now.proposals} may={may} />
      {asks === 'order' && <OrderDialog order={order} onClose={close} />}
      {asks === 'hand-over' && <HandOverDialog succession={now} onClose={close} />}
      {asks === 'declare' && <DeclareDialog succession={now} onClose={close} />}
    </>
  );
}
