import { useQuery } from '@tanstack/react-query';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { desktops, pools } from '../api/queries.ts';
import { timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { BypassNotice } from './bypass-notice.tsx';
import { DesktopCard } from './desktop-card.tsx';
import { LastSignIn } from './last-sign-in.tsx';
import { LevelBanner } from './level-banner.tsx';
import { MonitorPicture } from './monitor-picture.tsx';
import { PhaseNotice } from './phase-notice.tsx';
import { PoolCard } from './pool-card.tsx';
import { WaitingNotice } from './waiting-notice.tsx';
import './desktops.css';

/** The desktops one may ask for. One press from here to the screen. */
export function DesktopsPage({ user }: { user: User }) {
  const { t } = useTexts();
  return (
    <>
      <LevelBanner level={user.level} />
      <BypassNotice user={user} />
      <WaitingNotice />
      <PhaseNotice />
      <div className="desktops-head">
        <PageHeading title={t('desktops.title')} />
        <p className="soft">{t('desktops.intro')}</p>
      </div>
      {user.duties.length === 0 && (
        <Notice tone="warning" title={t('desktops.noDuty.title')}>
          <p>{t('desktops.noDuty.help')}</p>
        </Notice>
      )}
      <Cards user={user} />
      <Pools user={user} />
      <LastSignIn user={user} />
    </>
  );
}

function Cards({ user }: { user: User }) {
  const { t } = useTexts();
  const { data, error, refetch, isFetching } = useQuery(desktops);
  if (data === undefined) return error === null ? <Waiting /> : <ProblemNotice error={error}>{<Again onPress={() => void refetch()} />}</ProblemNotice>;
  if (data.items.length === 0) return <Empty />;
  return (
    <>
      {error !== null && <ProblemNotice error={error} />}
      <ul className="cards" role="list" aria-label={t('desktops.title')}>
        {data.items.map((desktop) => (
          <li key={desktop.id}>
            <DesktopCard desktop={desktop} user={user} />
          </li>
        ))}
      </ul>
      <Freshness items={data.items} busy={isFetching} onRefresh={() => void refetch()} />
    </>
  );
}

/** Nobody is told of pools who has none. */
function Pools({ user }: { user: User }) {
  const { t } = useTexts();
  const { data } = useQuery(pools);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="pools-title">
      <div className="desktops-head">
        <h2 id="pools-title">{t('pools.title')}</h2>
        <p className="soft">{t('pools.intro')}</p>
      </div>
      <ul className="cards" role="list" aria-labelledby="pools-title">
        {data.items.map((pool) => (
          <li key={pool.id}>
            <PoolCard pool={pool} user={user} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Freshness({ items, busy, onRefresh }: { items: readonly { checkedAt?: string }[]; busy: boolean; onRefresh: () => void }) {
  const { t, language } = useTexts();
  const checked = items.flatMap(({ checkedAt }) => checkedAt ?? []).sort().at(-1);
  return (
    <div className="freshness">
      <Button look="plain" size="small" icon="refresh" isPending={busy} onPress={onRefresh}>
        {t('desktops.refresh')}
      </Button>
      {checked !== undefined && <span className="soft">{t('desktops.checked', { time: timeOfDay(checked, language) })}</span>}
    </div>
  );
}

function Again({ onPress }: { onPress: () => void }) {
  const { t } = useTexts();
  return (
    <p>
      <Button look="outline" size="small" icon="refresh" onPress={onPress}>
        {t('again')}
      </Button>
    </p>
  );
}

function Empty() {
  const { t } = useTexts();
  return (
    <section className="empty">
      <MonitorPicture state="disabled" />
      <h2>{t('desktops.empty.title')}</h2>
      <p>{t('desktops.empty.help')}</p>
    </section>
  );
}

function Waiting() {
  const { t } = useTexts();
  return (
    <>
      <p role="status" className="visually-hidden">
        {t('loading')}
      </p>
      <ul className="cards" role="list" aria-hidden="true">
        <li className="card card-blank" />
        <li className="card card-blank" />
      </ul>
    </>
  );
}
