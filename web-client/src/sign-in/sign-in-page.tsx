import { useState } from 'react';
import type { NextStep, User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useLocation } from '../routing/location.ts';
import { Notice } from '../ui/notice.tsx';
import { CodeStep } from './code-step.tsx';
import { EnrolmentStep } from './enrolment-step.tsx';
import { Entrance } from './entrance.tsx';
import { PasswordStep } from './password-step.tsx';
import { SignInEnded } from './sign-in-ended.tsx';
import { useCompleteSignIn } from './use-complete-sign-in.ts';
import { UsernameStep } from './username-step.tsx';

type Step = { at: 'username'; username: string; timedOut?: boolean } | { at: 'password'; username: string } | { at: NextStep['next']; username: string };

/** Username, password, one-time code: one question at a time, each with a way back. */
export function SignInPage() {
  const [step, setStep] = useState<Step>({ at: 'username', username: '' });
  const complete = useCompleteSignIn();
  const restart = (timedOut: boolean): void => setStep({ at: 'username', username: step.username, timedOut });
  const done = (user: User): void => complete(user);
  return (
    <Entrance>
      {step.at === 'username' && (
        <>
          <Arrival timedOut={step.timedOut ?? false} />
          <UsernameStep username={step.username} onNext={(username) => setStep({ at: 'password', username })} />
        </>
      )}
      {step.at === 'password' && <PasswordStep username={step.username} onBack={() => restart(false)} onNext={(at) => setStep({ at, username: step.username })} />}
      {step.at === 'totp' && <CodeStep onDone={done} onBack={() => restart(false)} onTimedOut={() => restart(true)} />}
      {step.at === 'enrol' && <EnrolmentStep onDone={done} onTimedOut={() => restart(true)} />}
    </Entrance>
  );
}

/** Why one is here again. */
function Arrival({ timedOut }: { timedOut: boolean }) {
  const { t } = useTexts();
  const { query } = useLocation();
  if (timedOut) return <Notice live tone="warning" title={t('signIn.timedOut.title')}><p>{t('signIn.timedOut.help')}</p></Notice>;
  if (query.has('ended')) return <SignInEnded because={query.get('ended')} />;
  if (query.has('signed-out')) return <Notice live tone="success" title={t('signIn.signedOut.title')}><p>{t('signIn.signedOut.help')}</p></Notice>;
  return null;
}
