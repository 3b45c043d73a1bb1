import { Link } from 'react-aria-components';
import { CODES } from '../../../broker/codes.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { MonitorPicture } from '../desktops/monitor-picture.tsx';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice, Support } from '../ui/problem-notice.tsx';
import { Wordmark } from '../ui/wordmark.tsx';
import { isCode, type Ended } from './endings.ts';
import '../desktops/desktops.css';
import '../shell/shell.css';

type EndedPageProps = { ended: Ended; name?: string | undefined; /** Why the session is not carried again, as the gateway has it. Says more than a status. */ refusal?: Error | null; busy: boolean; onReconnect: () => void };

/** Why the desktop is no longer on the screen, what became of the work, and the way on. */
export function EndedPage({ ended: { because, wayOn }, name, refusal = null, busy, onReconnect }: EndedPageProps) {
  const { t } = useTexts();
  const own = isCode(because) ? t(`codes.${because}.title`) : t(`endings.${because}.title`);
  return (
    <main className="alone">
      <div className="alone-box">
        <Wordmark />
        <MonitorPicture state={wayOn === 'reconnect' ? 'in-use-by-me' : 'disabled'} />
        <div>
          {name !== undefined && <p className="soft">{name}</p>}
          <PageHeading title={refusal !== null && name !== undefined ? t('refusal.title', { name }) : own} />
        </div>
        {refusal === null ? (
          <>
            <p>{isCode(because) ? t(`codes.${because}.help`) : t(`endings.${because}.help`)}</p>
            {wayOn === 'reconnect' && <p>{t('ended.safe')}</p>}
            {isCode(because) && <Support code={CODES[because].support} />}
          </>
        ) : (
          <ProblemNotice error={refusal} />
        )}
        <div className="alone-actions">
          {wayOn === 'reconnect' && (
            <Button icon="refresh" isPending={busy} onPress={onReconnect}>
              {t('ended.reconnect')}
            </Button>
          )}
          <Link href="/" className={wayOn === 'reconnect' ? 'button button-outline' : 'button button-solid'}>
            {t('toDesktops')}
          </Link>
        </div>
      </div>
    </main>
  );
}

/** The lease could not be read, which says nothing about the session. */
export function UnreadablePage({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { t } = useTexts();
  return (
    <main className="alone">
      <div className="alone-box">
        <Wordmark />
        <PageHeading title={t('ended.unreadable')} />
        <ProblemNotice error={error} />
        <div className="alone-actions">
          <Button icon="refresh" onPress={onAgain}>
            {t('again')}
          </Button>
          <Link href="/" className="button button-outline">
            {t('toDesktops')}
          </Link>
        </div>
      </div>
    </main>
  );
}
