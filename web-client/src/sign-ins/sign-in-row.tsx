import type { SignIn } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime } from '../format/time.ts';
import { deviceOf } from '../format/user-agent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import '../ui/badge.css';

export function SignInRow({ signIn }: { signIn: SignIn }) {
  const { t, language } = useTexts();
  const { browser, system } = deviceOf(signIn.userAgent);
  const complete = signIn.outcome === 'complete';
  const time = dayAndTime(signIn.at, language);
  return (
    <li className={signIn.current ? 'sign-in sign-in-current' : 'sign-in'}>
      <div className="sign-in-what">
        <p className={complete ? 'badge badge-complete' : 'badge badge-refused'}>
          <Icon name={complete ? 'check' : 'cross'} />
          {t(`signIns.outcome.${signIn.outcome}`)}
        </p>
        {signIn.method === 'bypass' && (
          <p className="badge badge-in-use">
            <Icon name="warning" />
            {t('bypass.method')}
          </p>
        )}
        {signIn.current && <p className="badge badge-in-use-by-me">{t('signIns.current')}</p>}
      </div>
      <div className="sign-in-facts">
        <p className="sign-in-time">{time}</p>
        <p>{t('signIns.device', { browser: t(`browser.${browser}`), system: t(`system.${system}`) })}</p>
        {signIn.method !== undefined && <p>{t(`signIns.method.${signIn.method}`)}</p>}
        <p className="soft">
          {t('signIns.address')} {signIn.site !== undefined && `${t(`site.${signIn.site}`)} `}<span className="sign-in-address">{signIn.address}</span>
        </p>
        {signIn.endedAt !== undefined && <p className="soft">{t('signIns.endedAt', { time: dayAndTime(signIn.endedAt, language) })}{signIn.endedBecause !== undefined && ` ${t(`signIns.because.${signIn.endedBecause}`)}`}</p>}
      </div>
    </li>
  );
}
