import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { Problem, signInIsOver } from '../api/problem.ts';
import { desktops, lease as leaseQuery, me } from '../api/queries.ts';
import { CredentialsDialog } from '../desktops/credentials-dialog.tsx';
import { heldDuty } from '../desktops/remembered-duty.ts';
import { useOpening, type Opening } from '../desktops/use-opening.ts';
import { go } from '../routing/location.ts';
import { Loading } from '../shell/loading.tsx';
import { endedBecause, notAdmitted, type Ended } from './endings.ts';
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

  const [asking, setAsking] = useState<Opening | null>(null);
  const [refusal, setRefusal] = useState<Error | null>(null);
  /** Asks for the reasons alone: entering again is for the person to choose. */
  const reasons = useOpening(() => undefined);
  const reopening = useOpening(({ id }) => {
    go(`/session/${id}`, { replace: true });
    setEnded(null);
    setAttempt(attempt + 1);
  });

  useEffect(() => {
    // Whoever yielded keeps a place, and is shown that one and no error.
    if (lease?.endedBecause === 'preempted' && lease.waitingId !== undefined) go('/waiting', { replace: true });
  }, [lease]);

  const endWithoutDuty = (): void => {
    setRefusal(null);
    setEnded({ because: 'duty-not-held', wayOn: 'desktops' });
  };
  const onEnded = async (status: number, shown: boolean): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, recordedAfterMs));
    void queryClient.invalidateQueries({ queryKey: desktops.queryKey });
    await queryClient.refetchQueries({ queryKey: me.queryKey });
    const { data: now, error: unreadable } = await refetch();
    if (signInIsOver(unreadable)) return;
    if (status === notAdmitted && !shown && now !== undefined && now.state !== 'ended') {
      const dutyId = heldDuty(now.dutyId, (queryClient.getQueryData(me.queryKey) ?? user).duties);
      if (dutyId === undefined) return endWithoutDuty();
      setRefusal(await reasons.mutateAsync({ wanted: { desktopId: now.desktopId }, dutyId }).then(() => null, asError));
    } else setRefusal(null);
    if (now?.endedBecause === 'preempted' && now.waitingId !== undefined) return;
    setEnded(endedBecause(status, unreadable === null ? now : undefined));
  };
  const reconnect = async (): Promise<void> => {
    const { data: now } = await refetch();
    if (now === undefined) return;
    if (now.state === 'ended') {
      setRefusal(null);
      return setEnded(endedBecause(null, now));
    }
    const dutyId = heldDuty(now.dutyId, user.duties);
    if (dutyId === undefined) return endWithoutDuty();
    const wanted: Opening = { wanted: { desktopId: now.desktopId }, dutyId };
    const listed = await queryClient.fetchQuery(desktops).catch(() => undefined);
    if (listed?.items.find(({ id }) => id === now.desktopId)?.credentials === 'ask') setAsking(wanted);
    else reopening.mutate(wanted, { onError: setRefusal });
  };

  if (ended !== null) {
    return (
      <>
        <EndedPage ended={ended} name={lease?.desktopName} refusal={refusal} busy={isFetching || reopening.isPending} onReconnect={() => void reconnect()} />
        {asking !== null && lease !== undefined && (
          <CredentialsDialog
            desktop={{ name: lease.desktopName, protocol: lease.protocol }}
            ownName={user.username}
            onClose={() => setAsking(null)}
            onGiven={(credentials) => {
              setAsking(null);
              reopening.mutate({ ...asking, credentials }, { onError: setRefusal });
            }}
          />
        )}
      </>
    );
  }
  if (error instanceof Problem && error.code === 'lease-unknown') return <EndedPage ended={endedBecause(null, undefined)} busy={false} onReconnect={() => void reconnect()} />;
  if (error !== null && lease === undefined) return signInIsOver(error) ? <Loading /> : <UnreadablePage error={error} onAgain={() => void refetch()} />;
  if (lease === undefined) return <Loading />;
  if (lease.state === 'ended') return <EndedPage ended={endedBecause(null, lease)} name={lease.desktopName} busy={false} onReconnect={() => void reconnect()} />;
  return <SessionScreen key={attempt} lease={lease} user={user} onEnded={(status, shown) => void onEnded(status, shown)} />;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Problem('internal-error', 0);
}
