import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { SignInDone, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { signInIsOver } from '../api/problem.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { TextField } from '../ui/text-field.tsx';
import { Attempt, useThrottle } from './attempt.tsx';
import { bypassDigits, bypassLength } from './bypass-digits.ts';

type BypassStepProps = { onDone: (user: User) => void; onBack: () => void; onTimedOut: () => void };

/** Asks for the code that the shelter manager passed on, and says what may be done after it. */
export function BypassStep({ onDone, onBack, onTimedOut }: BypassStepProps) {
  const { t } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  const check = useMutation({
    mutationFn: () => call<SignInDone>('POST', '/api/sign-in/bypass', { code: bypassDigits(code) }),
    onSuccess: ({ user }) => onDone(user),
    onError: (error) => {
      if (signInIsOver(error)) return onTimedOut();
      form.current?.querySelector('input')?.focus();
    },
  });
  const throttle = useThrottle(check.error, check.submittedAt);
  const complete = bypassDigits(code).length === bypassLength;
  return (
    <Form
      ref={form}
      className="stack"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) setChecked(true);
        else if (throttle === 0 && !check.isPending) check.mutate();
      }}
    >
      <PageHeading title={t('bypass.title')} />
      <p>{t('bypass.intro')}</p>
      <ol className="bypass-how">
        <li>{t('bypass.how.ask')}</li>
        <li>{t('bypass.how.wait')}</li>
        <li>{t('bypass.how.type')}</li>
      </ol>
      <Attempt error={check.error} throttle={throttle} />
      <TextField
        wide
        name="bypass-code"
        label={t('bypass.label')}
        description={t('bypass.help')}
        error={checked && !complete ? t('bypass.short') : undefined}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="off"
        autoCorrect="off"
        spellCheck="false"
        maxLength={64}
        autoFocus
      />
      <p className="soft">{t('bypass.after')}</p>
      <Button type="submit" isPending={check.isPending} isDisabled={throttle > 0}>
        {t('bypass.submit')}
      </Button>
      <Button look="plain" icon="back" onPress={onBack}>
        {t('bypass.back')}
      </Button>
    </Form>
  );
}
