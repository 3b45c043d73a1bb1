import { useState } from 'react';
import type { Lease } from '../../../gateway/http/schemas/index.ts';
import { countdown, lastSaid, secondsUntil } from '../format/countdown.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { useSecond } from '../ui/use-second.ts';
import { ExtendDialog } from './extend-dialog.tsx';

/** More urgent work needs the seat: how long is left, which duty it is, and that nothing is lost. Who it is, is never said. */
export function YieldNotice({ lease, until, to }: { lease: Lease; until: string; to: NonNullable<Lease['yieldsTo']> }) {
  const { t } = useTexts();
  const left = secondsUntil(until, useSecond());
  const [extending, setExtending] = useState(false);
  const said = lastSaid(left);
  return (
    <div className="closing">
      <section className="closing-text yield" aria-label={t('yield.for', { duty: to.dutyName, class: to.class })}>
        <Icon name="warning" />
        <div className="yield-body">
          <strong className="yield-left">{t('yield.title', { left: countdown(t, left) })}</strong>
          <p>{t('yield.for', { duty: to.dutyName, class: to.class })}</p>
          <p>{t('yield.help')}</p>
          {lease.extensionSeconds !== undefined && (
            <Button look="outline" size="small" onPress={() => setExtending(true)}>
              {t('yield.extend', { minutes: countdown(t, lease.extensionSeconds) })}
            </Button>
          )}
        </div>
      </section>
      <p role="alert" className="visually-hidden">
        {t('yield.announce', { left: countdown(t, said ?? left) })}
      </p>
      {extending && <ExtendDialog leaseId={lease.id} onClose={() => setExtending(false)} />}
    </div>
  );
}
