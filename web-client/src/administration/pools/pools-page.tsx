import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../../../gateway/http/schemas/index.ts';
import { Asked } from '../../console/asked.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { poolRecords } from '../queries.ts';
import { EditPoolDialog } from './edit-pool-dialog.tsx';
import { PoolPanel } from './pool-panel.tsx';

/** Pools: desktops of which whichever is free is given. */
export function PoolsPage({ user }: { user: User }) {
  const { t } = useTexts();
  const [adding, setAdding] = useState(false);
  const pools = useQuery(poolRecords);
  const mayManage = user.may.includes('desktops.manage');
  return (
    <ConsolePage
      title={t('administration.pools.title')}
      intro={t('administration.pools.intro')}
      actions={
        mayManage && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('administration.pools.add.open')}
          </Button>
        )
      }
    >
      <Asked of={pools}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="monitor" title={t('administration.pools.empty.title')} help={t('administration.pools.empty.help')} />
          ) : (
            <div className="stack">
              {items.map((pool) => (
                <PoolPanel key={pool.id} pool={pool} mayManage={mayManage} />
              ))}
            </div>
          )
        }
      </Asked>
      {adding && <EditPoolDialog onClose={() => setAdding(false)} />}
    </ConsolePage>
  );
}
