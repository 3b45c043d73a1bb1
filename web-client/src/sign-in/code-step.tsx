import type { User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { CodeForm } from './code-form.tsx';
import { NoPhone } from './no-phone.tsx';

type CodeStepProps = { onDone: (user: User) => void; onBack: () => void; onBypass?: () => void; onTimedOut: () => void };

export function CodeStep({ onDone, onBack, onBypass, onTimedOut }: CodeStepProps) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <PageHeading title={t('code.title')} />
      <CodeForm path="/api/sign-in/totp" submit={t('code.submit')} onDone={onDone} onTimedOut={onTimedOut} autoFocus />
      <NoPhone {...(onBypass && { onBypass })} />
      <Button look="plain" icon="back" onPress={onBack}>
        {t('code.back')}
      </Button>
    </div>
  );
}
