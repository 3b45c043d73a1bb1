import { useState } from 'react';
import type { NextStep, User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useLocation } from '../routing/location.ts';
import { Notice } from '../ui/notice.tsx';
import { Entrance } from './entrance.tsx';
import { PasswordStep } from './password-step.tsx';
import { Providers, ProvidersNotice, useProviders } from './providers.tsx';
import { SecondStep } from './second-step.tsx';
import { SignInEnded } from './sign-in-ended.tsx';
import { useCompleteSignIn } from './use-complete-sign-in.ts';
import { UsernameStep } from './username-step.tsx';

type Step = { at: 'username'; username: string; timedOut?: boolean } | { at: 'password'; username: string } | { at: 'second'; username: string; owed: NextStep };

/** Username, password, one-time code: one question at a time, each with a way back. */
export function SignInPage() {
  const [step, setStep] = useState<Step>({ at: 'username', username: '' });
  const complete = useCompleteSignIn();
  const providers = useProviders();
  const restart = (timedOut: boolean): void => setStep({ at: 'username', username: step.username, timedOut });
  const done = (user: User): void => complete(user);
  return (
    <Entrance>
      {step.at === 'username' && (
        <>
          <Arrival timedOut={step.timedOut ?? false} />
          {providers && <ProvidersNotice providers={providers} />}
          <UsernameStep username={step.username} onDone={done} onNext={(username) => setStep({ at: 'password', username })} />
          {providers && <Providers providers={providers} />}
        </>
      )}
      {step.at === 'password' && <PasswordStep username={step.username} onBack={() => restart(false)} onNext={(owed) => setStep({ at: 'second', username: step.username, owed })} />}
      {step.at === 'second' && <SecondStep step={step.owed} onDone={done} onBack={() => restart(false)} onTimedOut={() => restart(true)} />}
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
