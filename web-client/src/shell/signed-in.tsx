import { useQuery } from '@tanstack/react-query';
import { lazy, useEffect, type ReactNode } from 'react';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { signInIsOver } from '../api/problem.ts';
import { me } from '../api/queries.ts';
import { speak } from '../i18n/setup.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { everyTopic } from '../live/topics.ts';
import { useWatch } from '../live/use-watch.ts';
import { SecurityNotices } from '../notices/security-notices.tsx';
import { useDeviceProof } from '../security/use-device-proof.ts';
import { SignInEndNotice } from '../sign-in-end/sign-in-end-notice.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Loading } from './loading.tsx';

const Shell = lazy(() => import('./shell.tsx').then(({ Shell: shell }) => ({ default: shell })));

/** A page for people who are signed in. Whoever is not is sent to the sign-in page by the query client's watch. */
export function SignedIn({ bare = false, onDesktop = false, children }: { bare?: boolean; onDesktop?: boolean; children: (user: User) => ReactNode }) {
  const { t } = useTexts();
  const { data: user, error, refetch } = useQuery(me);
  const theirs = user?.language;
  useEffect(() => {
    if (theirs !== undefined) void speak(theirs);
  }, [theirs]);
  if (user !== undefined) {
    return (
      <Watching user={user}>
        {bare ? children(user) : <Shell user={user}>{children(user)}</Shell>}
        <SecurityNotices />
        <SignInEndNotice user={user} onDesktop={onDesktop} />
      </Watching>
    );
  }
  if (error === null || signInIsOver(error)) return <Loading />;
  return (
    <main className="shell-main stack">
      <ProblemNotice error={error}>
        <Button look="outline" size="small" icon="refresh" onPress={() => void refetch()}>
          {t('again')}
        </Button>
      </ProblemNotice>
    </main>
  );
}

/** What the office changes is on the page at once. */
function Watching({ user, children }: { user: User; children: ReactNode }) {
  useWatch(everyTopic);
  useDeviceProof(user);
  return children;
}
