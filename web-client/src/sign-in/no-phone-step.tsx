import type { NextStep } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';

type NoPhoneStepProps = { ways: NextStep['ways']; onRecovery: () => void; onBack: () => void };

/** What else shows who one is, for whoever has no phone at hand: of that, what this person has. */
export function NoPhoneStep({ ways, onRecovery, onBack }: NoPhoneStepProps) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <PageHeading title={t('noPhone.title')} />
      {ways.includes('recovery-code') && (
        <section className="way" aria-labelledby="way-recovery">
          <h2 id="way-recovery">{t('noPhone.recovery.title')}</h2>
          <p>{t('noPhone.recovery.help')}</p>
          <Button icon="key" onPress={onRecovery}>
            {t('noPhone.recovery.open')}
          </Button>
        </section>
      )}
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
