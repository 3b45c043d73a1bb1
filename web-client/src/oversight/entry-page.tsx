import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../console/console-page.tsx';
import { EmptyState } from '../console/empty-state.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { useWatch } from '../live/use-watch.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EntryStopCard } from './entry-stop-card.tsx';
import { summary } from './queries.ts';
import { StopDialog } from './stop-dialog.tsx';

/** Sending everybody away takes one person; letting them in again takes two. */
export function EntryPage({ user }: { user: User }) {
  const { t } = useTexts();
  useWatch(['entry', 'lease']);
  const [stopping, setStopping] = useState(false);
  const { data, error } = useQuery(summary);
  return (
    <ConsolePage
      title={t('oversight.entry.title')}
      intro={t('oversight.entry.intro')}
      actions={
        user.may.includes('sessions.end') && (
          <Button look="danger" icon="end" onPress={() => setStopping(true)}>
            {t('oversight.stop.button')}
          </Button>
        )
      }
    >
      {error !== null && <ProblemNotice error={error} />}
      <section className="stack" aria-labelledby="stops-title">
        <h2 id="stops-title">{t('oversight.stops.title')}</h2>
        {data?.stops.length === 0 && <EmptyState icon="check" title={t('oversight.stops.none')} />}
        <ul className="stops" role="list">
          {data?.stops.map((stop) => (
            <li key={stop.id}>
              <EntryStopCard stop={stop} mayRelease={user.may.includes('entry.release')} />
            </li>
          ))}
        </ul>
      </section>
      {stopping && <StopDialog organisation={user.organisation} onClose={() => setStopping(false)} />}
    </ConsolePage>
  );
}
