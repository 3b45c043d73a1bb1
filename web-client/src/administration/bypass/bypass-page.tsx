import type { User } from '../../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../../console/console-page.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Bypasses } from './bypasses.tsx';
import { PastBypasses } from './past-bypasses.tsx';

/** The shelter bypass: for those who decide about it, and for those who watch over it. */
export function BypassPage({ user }: { user: User }) {
  const { t } = useTexts();
  return (
    <ConsolePage title={t('administration.bypass.title')} intro={t('administration.bypass.intro')}>
      <Bypasses user={user} />
      <PastBypasses />
    </ConsolePage>
  );
}
