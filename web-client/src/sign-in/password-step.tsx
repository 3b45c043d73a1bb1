import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { NextStep } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { Attempt, useThrottle } from './attempt.tsx';
import { Busy, useTurn } from './busy.tsx';

type PasswordStepProps = { username: string; onBack: () => void; onNext: (step: NextStep) => void };

export function PasswordStep({ username, onBack, onNext }: PasswordStepProps) {
  const { t } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const turn = useTurn();
  const check = useMutation({
    mutationFn: () => turn.run(() => call<NextStep>('POST', '/api/sign-in', { username, password })),
    onSuccess: onNext,
    onError: () => {
      setPassword('');
      form.current?.querySelector<HTMLInputElement>('input[name=password]')?.focus();
    },
  });
  const throttle = useThrottle(check.error, check.submittedAt);
  return (
    <Form
      ref={form}
      className="stack"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (password === '') setMissing(true);
        else if (throttle === 0 && !check.isPending) check.mutate();
      }}
    >
      <PageHeading title={t('signIn.password.title')} />
      <p className="entrance-who">
        <span>{t('signIn.password.who')}</span> <strong>{username}</strong>
      </p>
      {/* Lets a password manager know whose password this is. */}
      <input className="visually-hidden" type="text" name="username" autoComplete="username" value={username} readOnly tabIndex={-1} aria-hidden="true" />
      <Attempt error={check.error} throttle={throttle} />
      {turn.before !== undefined && <Busy before={turn.before} onStop={turn.stop} />}
      <PasswordField
        name="password"
        label={t('signIn.password.label')}
        error={missing && password === '' && check.error === null ? t('signIn.password.missing') : undefined}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        autoFocus
      />
      <Button type="submit" isPending={check.isPending} isDisabled={throttle > 0}>
        {t('signIn.next')}
      </Button>
      <Button look="plain" icon="back" onPress={onBack}>
        {t('signIn.password.back')}
      </Button>
    </Form>
  );
}
