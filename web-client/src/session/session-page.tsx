import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../../gateway/http/schemas.ts';
import { Problem, signInIsOver } from '../api/problem.ts';
import { desktops, lease as leaseQuery, me } from '../api/queries.ts';
import { Loading } from '../shell/loading.tsx';
import { endedBecause, type Ended } from './endings.ts';
import { EndedPage, UnreadablePage } from './ended-page.tsx';
import { SessionScreen } from './session-screen.tsx';
import './session.css';

/** The gateway puts an end on record at about the moment it closes the relay. */
const recordedAfterMs = 300;

/** One lease on the screen, from the way in to the way on. */
export default function SessionPage({ leaseId, user }: { leaseId: string; user: User }) {
  const queryClient = useQueryClient();
  const { data: lease, error, isFetching, refetch } = useQuery({ ...leaseQuery(leaseId), staleTime: 0, refetchOnWindowFocus: false });
  const [attempt, setAttempt] = useState(0);
  const [ended, setEnded] = useState<Ended | null>(null);

  const onEnded = async (status: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, recordedAfterMs));
    void queryClient.invalidateQueries({ queryKey: desktops.queryKey });
    await queryClient.refetchQueries({ queryKey: me.queryKey });
    const { data: now, error: unreadable } = await refetch();
    if (!signInIsOver(unreadable)) setEnded(endedBecause(status, unreadable === null ? now : undefined));
  };
  const reconnect = async (): Promise<void> => {
    const { data: now } = await refetch();
    if (now?.state === 'ended') return setEnded(endedBecause(null, now));
    setEnded(null);
    setAttempt(attempt + 1);
  };

  if (ended !== null) return <EndedPage ended={ended} name={lease?.desktopName} busy={isFetching} onReconnect={() => void reconnect()} />;
  if (error instanceof Problem && error.code === 'lease-unknown') return <EndedPage ended={endedBecause(null, undefined)} busy={false} onReconnect={() => void reconnect()} />;
  if (error !== null && lease === undefined) return signInIsOver(error) ? <Loading /> : <UnreadablePage error={error} onAgain={() => void refetch()} />;
  if (lease === undefined) return <Loading />;
  if (lease.state === 'ended') return <EndedPage ended={endedBecause(null, lease)} name={lease.desktopName} busy={false} onReconnect={() => void reconnect()} />;
  return <SessionScreen key={attempt} lease={lease} user={user} onEnded={(status) => void onEnded(status)} />;
}
