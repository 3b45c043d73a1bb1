import type { User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { CodeForm } from './code-form.tsx';

type CodeStepProps = { onDone: (user: User) => void; onBack: () => void; onTimedOut: () => void; onNoPhone: () => void };

export function CodeStep({ onDone, onBack, onTimedOut, onNoPhone }: CodeStepProps) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <PageHeading title={t('code.title')} />
      <CodeForm path="/api/sign-in/totp" submit={t('code.submit')} onDone={onDone} onTimedOut={onTimedOut} autoFocus />
      <Button look="outline" onPress={onNoPhone}>
        {t('code.noPhone')}
      </Button>
      <Button look="plain" icon="back" onPress={onBack}>
        {t('code.back')}
      </Button>
    </div>
  );
}
