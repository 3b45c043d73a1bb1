import { Link } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** When one was last here: the person notices first when it was somebody else. */
export function LastSignIn({ user }: { user: User }) {
  const { t, language } = useTexts();
  const last = user.previousSignIn;
  return (
    <section className="last-sign-in" aria-label={t('lastSignIn.label')}>
      <p>{last === undefined ? t('lastSignIn.first') : t('lastSignIn.at', { time: dayAndTime(last.at, language), address: last.address })}</p>
      <p>
        {t('lastSignIn.help')} <Link href="/sign-ins">{t('lastSignIn.see')}</Link>
      </p>
    </section>
  );
}
