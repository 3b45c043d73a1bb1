import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { NextStep, ProviderDone, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Entrance } from './entrance.tsx';
import { SecondStep } from './second-step.tsx';
import { useCompleteSignIn } from './use-complete-sign-in.ts';

/** Where a provider sends people back to: hands the answer in, from a page of our own site, and goes on from there. */
export function ProviderReturnPage({ provider }: { provider: string }) {
  const { t } = useTexts();
  const complete = useCompleteSignIn();
  const asked = useRef(false);
  const [next, setNext] = useState<{ owed: NextStep; returnTo: string }>();
  const hand = useMutation({
    mutationFn: (answer: string) => call<ProviderDone>('POST', '/api/sign-in/provider/answer', { provider, answer }),
    onSuccess: ({ user, next: step, ways = [], returnTo }) => {
      if (user !== undefined) complete(user, returnTo);
      else if (step !== undefined) setNext({ owed: { next: step, ways }, returnTo });
    },
  });
  const { mutate } = hand;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    const answer = location.search.slice(1);
    // The answer counts once, and has no place in the browser's history.
    history.replaceState(null, '', location.pathname);
    if (answer === '') go('/sign-in', { replace: true });
    else mutate(answer);
  }, [mutate]);

  const again = () => go('/sign-in', { replace: true });
  const done = (user: User): void => complete(user, next?.returnTo);
  return (
    <Entrance>
      {next !== undefined && <SecondStep step={next.owed} onDone={done} onBack={again} onTimedOut={again} />}
      {next === undefined && hand.error === null && (
        <div className="provider-checking" aria-busy="true">
          <PageHeading title={t('provider.checking.title')} />
          <p role="status">{t('provider.checking.help')}</p>
        </div>
      )}
      {hand.error !== null && (
        <div className="stack">
          <PageHeading title={t('provider.refused.title')} />
          <ProblemNotice error={hand.error} />
          <Button onPress={again}>{t('provider.refused.again')}</Button>
        </div>
      )}
    </Entrance>
  );
}
