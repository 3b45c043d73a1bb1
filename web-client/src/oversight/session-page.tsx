import { useQuery } from '@tanstack/react-query';
import { ConsolePage } from '../console/console-page.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { useWatch } from '../live/use-watch.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EndSession } from './end-session.tsx';
import { timeline } from './queries.ts';
import { SessionFacts } from './session-facts.tsx';
import { TimelineList } from './timeline-list.tsx';

/** One session: who, what, how it stands, and everything that happened in it. */
export function SessionPage({ sessionId }: { sessionId: string }) {
  const { t } = useTexts();
  useWatch(['lease']);
  const { data, error, refetch } = useQuery(timeline(sessionId));
  return (
    <ConsolePage
      title={t('oversight.session.title')}
      crumbs={[{ href: '/oversight/sessions', name: t('oversight.sessions.title') }]}
      actions={data?.mayEnd === true && <EndSession session={data.session} />}
    >
      {error !== null && (
        <ProblemNotice error={error}>
          <p>
            <Button look="outline" size="small" icon="refresh" onPress={() => void refetch()}>
              {t('again')}
            </Button>
          </p>
        </ProblemNotice>
      )}
      {data === undefined && error === null && <p role="status">{t('loading')}</p>}
      {data && (
        <>
          <SessionFacts timeline={data} />
          <section className="stack" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{t('oversight.timeline')}</h2>
            <TimelineList events={data.events} />
          </section>
        </>
      )}
    </ConsolePage>
  );
}
