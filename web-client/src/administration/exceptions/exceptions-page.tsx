import type { User } from '../../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../../console/console-page.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Exceptions } from './exceptions.tsx';
import { PastExceptions } from './past-exceptions.tsx';

/** My Number exceptions, for the heads of units as well, who do not decide about the level. */
export function ExceptionsPage({ user }: { user: User }) {
  const { t } = useTexts();
  return (
    <ConsolePage title={t('administration.exceptions.title')} intro={t('administration.exceptions.intro')}>
      <Exceptions user={user} />
      <PastExceptions />
    </ConsolePage>
  );
}
