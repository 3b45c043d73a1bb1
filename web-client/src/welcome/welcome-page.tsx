import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invitation, NextStep } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { Entrance } from '../sign-in/entrance.tsx';
import { SecondStep } from '../sign-in/second-step.tsx';
import { useCompleteSignIn } from '../sign-in/use-complete-sign-in.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ChoosePassword } from './choose-password.tsx';

/** A one-time link: whom it is for, a password of one's own, then the phone. The token stands behind `#`, so it is in no server's log. */
export default function WelcomePage() {
  const [token] = useState(() => location.hash.slice(1));
  const [next, setNext] = useState<NextStep | null>(null);
  const complete = useCompleteSignIn();
  const leave = (): void => go('/sign-in', { replace: true });
  const redeemed = (step: NextStep): void => {
    history.replaceState(null, '', '/welcome');
    setNext(step);
  };
  return (
    <Entrance>
      {next === null && <Greeting token={token} onRedeemed={redeemed} />}
      {next !== null && <SecondStep step={next} onDone={complete} onBack={leave} onTimedOut={leave} />}
    </Entrance>
  );
}

function Greeting({ token, onRedeemed }: { token: string; onRedeemed: (step: NextStep) => void }) {
  const { t } = useTexts();
  const { data: invitation, error } = useQuery({
    queryKey: ['invitation'],
    queryFn: () => call<Invitation>('POST', '/api/invitations/view', { token: token === '' ? '-' : token }),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  if (error !== null) {
    return (
      <div className="stack">
        <PageHeading title={t('welcome.invalid')} />
        <ProblemNotice error={error} />
      </div>
    );
  }
  if (invitation === undefined) return <p role="status">{t('loading')}</p>;
  return (
    <div className="stack">
      <PageHeading title={t('welcome.title', { name: invitation.displayName })} />
      <p>{t('welcome.intro')}</p>
      <ChoosePassword token={token} username={invitation.username} onRedeemed={onRedeemed} />
    </div>
  );
}
