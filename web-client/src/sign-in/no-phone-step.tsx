import type { NextStep, User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { PasskeyButton } from './passkey-button.tsx';

type NoPhoneStepProps = { ways: NextStep['ways']; onDone: (user: User) => void; onTimedOut: () => void; onRecovery: () => void; onBypass: () => void; onBack: () => void };

/** What else shows who one is, for whoever has no phone at hand: of that, what this person has. */
export function NoPhoneStep({ ways, onDone, onTimedOut, onRecovery, onBypass, onBack }: NoPhoneStepProps) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <PageHeading title={t('noPhone.title')} />
      {ways.includes('passkey') && (
        <section className="way" aria-labelledby="way-passkey">
          <h2 id="way-passkey">{t('noPhone.passkey.title')}</h2>
          <p>{t('noPhone.passkey.help')}</p>
          <PasskeyButton path="/api/sign-in/passkey" look="solid" onDone={onDone} onTimedOut={onTimedOut} />
        </section>
      )}
      {ways.includes('recovery-code') && (
        <section className="way" aria-labelledby="way-recovery">
          <h2 id="way-recovery">{t('noPhone.recovery.title')}</h2>
          <p>{t('noPhone.recovery.help')}</p>
          <Button icon="key" onPress={onRecovery}>
            {t('noPhone.recovery.open')}
          </Button>
        </section>
      )}
      <section className="way" aria-labelledby="way-bypass">
        <h2 id="way-bypass">{t('bypass.choice.title')}</h2>
        <p>{t('bypass.choice.help')}</p>
        <Button look="outline" onPress={onBypass}>
          {t('bypass.choice.open')}
        </Button>
      </section>
      <section className="way" aria-labelledby="way-ask">
        <h2 id="way-ask">{t('noPhone.ask.title')}</h2>
        <p>{t('noPhone.ask.help')}</p>
      </section>
      <Button look="plain" icon="back" onPress={onBack}>
        {t('noPhone.back')}
      </Button>
    </div>
  );
}
