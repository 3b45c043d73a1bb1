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

type RecoveryStepProps = { onDone: (user: User) => void; onBack: () => void; onTimedOut: () => void };

/** A printed code instead of the phone. What it leads to is said before it is used up. */
export function RecoveryStep({ onDone, onBack, onTimedOut }: RecoveryStepProps) {
  const { t } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const check = useMutation({
    mutationFn: () => call<SignInDone>('POST', '/api/sign-in/recovery-code', { code }),
    onSuccess: ({ user }) => onDone(user),
    onError: (error) => {
      if (signInIsOver(error)) return onTimedOut();
      form.current?.querySelector('input')?.select();
    },
  });
  const throttle = useThrottle(check.error, check.submittedAt);
  const empty = code.trim() === '';
  return (
    <Form
      ref={form}
      className="stack"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (empty) setMissing(true);
        else if (throttle === 0 && !check.isPending) check.mutate();
      }}
    >
      <PageHeading title={t('recovery.title')} />
      <p>{t('recovery.help')}</p>
      <Attempt error={check.error} throttle={throttle} />
      <TextField
        wide
        name="recovery-code"
        label={t('recovery.label')}
        description={t('recovery.form')}
        error={missing && empty ? t('recovery.missing') : undefined}
        value={code}
        onChange={setCode}
        autoComplete="off"
        autoCorrect="off"
        spellCheck="false"
        maxLength={100}
        autoFocus
      />
      <Button type="submit" isPending={check.isPending} isDisabled={throttle > 0}>
        {t('recovery.submit')}
      </Button>
      <Button look="plain" icon="back" onPress={onBack}>
        {t('recovery.back')}
      </Button>
    </Form>
  );
}
