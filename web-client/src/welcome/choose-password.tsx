import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { NextStep } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Attempt, useThrottle } from '../sign-in/attempt.tsx';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { lengthHint, minimumLength } from './password-length.ts';
import './welcome.css';

type ChoosePasswordProps = { token: string; username: string; onRedeemed: (next: NextStep) => void };

export function ChoosePassword({ token, username, onRedeemed }: ChoosePasswordProps) {
  const { t } = useTexts();
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState(false);
  const redeem = useMutation({
    mutationFn: () => call<NextStep>('POST', '/api/invitations/redeem', { token, password }),
    onSuccess: onRedeemed,
  });
  const throttle = useThrottle(redeem.error, redeem.submittedAt);
  const hint = lengthHint(password);
  const tooShort = hint === 'empty' || hint === 'short';
  return (
    <Form
      className="stack"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (tooShort) setRefused(true);
        else if (throttle === 0 && !redeem.isPending) redeem.mutate();
      }}
    >
      <p className="entrance-who">
        <span>{t('welcome.username')}</span> <strong>{username}</strong>
      </p>
      <input className="visually-hidden" type="text" name="username" autoComplete="username" value={username} readOnly tabIndex={-1} aria-hidden="true" />
      <section className="rules" aria-labelledby="rules">
        <h2 id="rules">{t('welcome.rules.title')}</h2>
        <ul>
          <li>{t('welcome.rules.length', { count: minimumLength })}</li>
          <li>{t('welcome.rules.words')}</li>
          <li>{t('welcome.rules.own')}</li>
          <li>{t('welcome.rules.signs')}</li>
        </ul>
      </section>
      <Attempt error={redeem.error} throttle={throttle} />
      <PasswordField
        name="new-password"
        label={t('welcome.password')}
        error={refused && tooShort ? t('welcome.tooShort', { count: minimumLength }) : undefined}
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        autoFocus
      />
      <div className={`length length-${hint}`}>
        <span className="length-bar" aria-hidden="true" />
        <p aria-live="polite">{t(`welcome.hint.${hint}`, { count: minimumLength })}</p>
      </div>
      <Button type="submit" isPending={redeem.isPending} isDisabled={throttle > 0}>
        {t('welcome.submit')}
      </Button>
    </Form>
  );
}
