import { Link } from 'react-aria-components';
import type { Waiting } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { PageHeading } from '../ui/page-heading.tsx';

/** Why the place is over, and the way on. */
export function Over({ place: { endedBecause = 'admitted', name, dutyName } }: { place: Waiting }) {
  const { t } = useTexts();
  const own = endedBecause === 'left' || endedBecause === 'not-seen' || endedBecause === 'replaced' || endedBecause === 'admitted';
  return (
    <section className="stack waiting">
      <PageHeading title={t('waiting.over')} />
      <p className="soft">
        {name} · {dutyName}
      </p>
      <p>{own ? t(`waiting.overBecause.${endedBecause}`) : `${t(`codes.${endedBecause}.title`)} ${t(`codes.${endedBecause}.help`)}`}</p>
      <p>{t('waiting.again')}</p>
      <p>
        <Link href="/" className="button button-solid">
          {t('toDesktops')}
        </Link>
      </p>
    </section>
  );
}
