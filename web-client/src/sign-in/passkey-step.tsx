import type { User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { PasskeyButton } from './passkey-button.tsx';

type PasskeyStepProps = { onDone: (user: User) => void; onBack: () => void; onTimedOut: () => void; onNoPasskey: () => void };

/** The second step of whoever has passkeys and no authenticator. */
export function PasskeyStep({ onDone, onBack, onTimedOut, onNoPasskey }: PasskeyStepProps) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <PageHeading title={t('passkey.title')} />
      <p>{t('passkey.help')}</p>
      <PasskeyButton path="/api/sign-in/passkey" look="solid" onDone={onDone} onTimedOut={onTimedOut} />
      <Button look="outline" onPress={onNoPasskey}>
        {t('passkey.none')}
      </Button>
      <Button look="plain" icon="back" onPress={onBack}>
        {t('code.back')}
      </Button>
    </div>
  );
}
