import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OpenSignIn } from '../../../gateway/http/schemas/index.ts';
import { openSignIns } from '../api/queries.ts';
import { dayAndTime, timeOfDay } from '../format/time.ts';
import { deviceOf } from '../format/user-agent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EndSeveral } from './end-several.tsx';
import { EndSignIn } from './end-sign-in.tsx';
import '../ui/badge.css';

/** Where one is signed in now, and the ways to end it. */
export function OpenSignIns() {
  const { t } = useTexts();
  const { data, error } = useQuery(openSignIns);
  const others = data?.items.filter(({ current }) => !current).length ?? 0;
  return (
    <section className="stack" aria-labelledby="sign-ins-open">
      <h2 id="sign-ins-open">{t('signIns.open.title')}</h2>
      {error !== null && <ProblemNotice error={error} />}
      {data === undefined && error === null && <p role="status">{t('loading')}</p>}
      {data && (
        <>
          <ul className="sign-ins" role="list" aria-labelledby="sign-ins-open">
            {data.items.map((signIn) => (
              <OpenRow key={signIn.id} signIn={signIn} />
            ))}
          </ul>
          {others === 0 && <p className="soft">{t('signIns.open.none')}</p>}
          <EndSeveral others={others} />
        </>
      )}
    </section>
  );
}

function OpenRow({ signIn }: { signIn: OpenSignIn }) {
  const { t, language } = useTexts();
  const { browser, system } = deviceOf(signIn.userAgent);
  const time = dayAndTime(signIn.at, language);
  return (
    <li className={signIn.current ? 'sign-in sign-in-current' : 'sign-in'}>
      <div className="sign-in-what">
        <p className="sign-in-time">{t('signIns.device', { browser: t(`browser.${browser}`), system: t(`system.${system}`) })}</p>
        {signIn.current && <p className="badge badge-in-use-by-me">{t('signIns.current')}</p>}
      </div>
      <dl className="sign-in-terms">
        <Term name={t('signIns.open.place')}>
          {signIn.site === undefined ? t('signIns.open.elsewhere') : t(`site.${signIn.site}`)} <span className="sign-in-address">{signIn.address}</span>
        </Term>
        <Term name={t('signIns.open.method')}>{t(`signIns.method.${signIn.method}`)}</Term>
        <Term name={t('signIns.open.since')}>{time}</Term>
        <Term name={t('signIns.open.seen')}>{dayAndTime(signIn.lastSeenAt, language)}</Term>
        <Term name={t('signIns.open.until')}>{t('signIns.open.untilAt', { time: timeOfDay(signIn.expiresAt, language) })}</Term>
      </dl>
      {!signIn.current && <EndSignIn signInId={signIn.id} time={time} />}
    </li>
  );
}

function Term({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
