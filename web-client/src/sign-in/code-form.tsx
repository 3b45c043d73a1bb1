import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { SignInDone, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { signInIsOver } from '../api/problem.ts';
import { codeDigits, codeLength } from '../format/digits.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Attempt, useThrottle } from './attempt.tsx';
import { CodeField } from './code-field.tsx';

type CodeFormProps = {
  path: '/api/sign-in/totp' | '/api/sign-in/enrolment';
  submit: string;
  onDone: (user: User) => void;
  /** The half-finished sign-in lasted too long; it has to begin anew. */
  onTimedOut: () => void;
  autoFocus?: boolean;
};

/** Asks for a one-time code and finishes the sign-in with it. */
export function CodeForm({ path, submit, onDone, onTimedOut, autoFocus = false }: CodeFormProps) {
  const { t } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const [short, setShort] = useState(false);
  const check = useMutation({
    mutationFn: () => call<SignInDone>('POST', path, { code: codeDigits(code) }),
    onSuccess: ({ user }) => onDone(user),
    onError: (error) => {
      if (signInIsOver(error)) return onTimedOut();
      setCode('');
      form.current?.querySelector('input')?.focus();
    },
  });
  const throttle = useThrottle(check.error, check.submittedAt);
  const complete = codeDigits(code).length === codeLength;
  return (
    <Form
      ref={form}
      className="stack"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) setShort(true);
        else if (throttle === 0 && !check.isPending) check.mutate();
      }}
    >
      <Attempt error={check.error} throttle={throttle} />
      <CodeField value={code} onChange={setCode} error={short && !complete && code !== '' ? t('code.short') : undefined} autoFocus={autoFocus} />
      <Button type="submit" isPending={check.isPending} isDisabled={throttle > 0}>
        {submit}
      </Button>
    </Form>
  );
}
