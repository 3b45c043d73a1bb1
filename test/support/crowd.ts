/**
 * One of several processes by which a crowd works: it gives seats out, sweeps, and acts for random people of the crowd until it is killed. Argument: {@link Crowd} as JSON.
 */
import { openDatabase } from '../../broker/store/index.ts';
import { systemClock } from '../../broker/environment.ts';
import { Refusal, type SignedIn } from '../../broker/port.ts';
import type { Policy } from '../../broker/policy/index.ts';
import { beatOnce, createOffice, guacds, originAt } from './office.ts';

export type Member = { readonly person: SignedIn; readonly dutyId: string; readonly desktopId: string };
export type Crowd = { readonly connectionString: string; readonly policy: Policy; readonly members: readonly Member[]; /** People acted for at once. */ readonly at: number };

const origin = originAt('office');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

if (import.meta.main) {
  const lines: string[] = [];
  for await (const chunk of process.stdin) lines.push(String(chunk));
  await work(JSON.parse(lines.join('')) as Crowd);
}

async function work({ connectionString, policy, members, at }: Crowd): Promise<void> {
  const database = openDatabase({ connectionString, onIdleError: () => undefined });
  const office = createOffice({ database, clock: systemClock, policy: () => policy });
  await beatOnce(database, office.gatewayId);
  process.stdout.write('working\n');
  const tend = async () => {
    for (;;) {
      await quietly(async () => {
        await beatOnce(database, office.gatewayId);
        await office.sweeper.sweep();
        await office.distribution.run();
      });
      await pause(100);
    }
  };
  await Promise.all([tend(), ...Array.from({ length: at }, () => act(office, members))]);
}

/** Nobody's trouble is anybody else's: the database may be gone for a moment, and a refusal is an answer. */
async function quietly(what: () => Promise<unknown>): Promise<void> {
  try {
    await what();
  } catch (error) {
    if (!(error instanceof Refusal)) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
}

async function act({ leases, waiting }: ReturnType<typeof createOffice>, members: readonly Member[]): Promise<void> {
  for (;;) {
    const { person, dutyId, desktopId } = members[Math.floor(Math.random() * members.length)]!;
    await quietly(async () => {
      const [place] = await waiting.list({ person, origin });
      if (place?.state === 'waiting' && Math.random() < 0.02) return waiting.leave({ person, waitingId: place.id, origin });
      const { id: leaseId } = await leases.request({ person, desktopId, dutyId, origin, credentials: { username: 'u', password: 'p' } });
      const claim = await leases.claim({ person, leaseId, origin, guacds });
      await leases.connected(claim);
      await pause(Math.random() * 60);
      const end = { status: 0, connectedSeconds: 1, bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} };
      const chance = Math.random();
      // One of ten lines breaks.
      if (chance < 0.1) await leases.released(claim, { cause: 'left', ...end });
      else if (chance < 0.25) await leases.end({ person, leaseId, origin });
      return undefined;
    });
  }
}
