import type { NextStep, User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { CodeForm } from './code-form.tsx';
import { PasskeyButton } from './passkey-button.tsx';

type CodeStepProps = { onDone: (user: User) => void; onBack: () => void; onTimedOut: () => void; onNoPhone: () => void; ways: NextStep['ways'] };

export function CodeStep({ onDone, onBack, onTimedOut, onNoPhone, ways }: CodeStepProps) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <PageHeading title={t('code.title')} />
      <CodeForm path="/api/sign-in/totp" submit={t('code.submit')} onDone={onDone} onTimedOut={onTimedOut} autoFocus />
      {ways.includes('passkey') && <PasskeyButton path="/api/sign-in/passkey" look="outline" onDone={onDone} onTimedOut={onTimedOut} />}
      <Button look="outline" onPress={onNoPhone}>
        {t('code.noPhone')}
      </Button>
      <Button look="plain" icon="back" onPress={onBack}>
        {t('code.back')}
      </Button>
    </div>
  );
}
